use proptest::prelude::*;

use super::*;

fn codes() -> impl Strategy<Value = Code> {
    let bet = || prop::option::of((0..=20_u8).prop_map(|steps| steps * BET_STEP));
    let outcome = prop::option::of(prop_oneof![0..10_000_u64, 0..(1 << 30) as u64, 0..(1_u64 << 50)]);
    let ending = prop::option::of((0..6_usize).prop_map(|place| Ending::ALL[place]));
    let rest = (0..4_096_u16, 0..8_u8, ending, prop::option::of(1..64_u8), [bet(), bet(), bet()], 0..1_024_u16);
    (outcome, rest).prop_map(|(outcome, (scenario, seat, ending, round, bets, nonce))| Code {
        outcome,
        scenario,
        seat,
        ending,
        round,
        bets,
        nonce,
    })
}

fn some(outcome: Option<u64>, nonce: u16) -> Code {
    let bets = [Some(60), None, Some(100)];
    Code { outcome, scenario: 2_741, seat: 2, ending: Some(Ending::Truce), round: Some(17), bets, nonce }
}

/// A generator good enough to choose places (Marsaglia's xorshift).
struct Luck(u64);

impl Luck {
    fn below(&mut self, n: u64) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n) as usize
    }
}

fn plain(code: &Code) -> Vec<char> {
    code.text().expect("it fits").chars().filter(|c| *c != '-').collect()
}

proptest! {
    #[test]
    fn a_code_says_what_was_written(code in codes()) {
        let text = code.text().expect("it fits");
        prop_assert_eq!(text.len(), if code.outcome.is_some_and(|n| n >= 1 << 30) { 28 } else { 23 });
        prop_assert_eq!(Code::read(&text), Ok(code));
    }

    #[test]
    fn it_survives_what_a_chat_does_to_it(code in codes(), pick in 0..9_usize) {
        let text = code.text().expect("it fits");
        let wide = |c: char| if c == '-' { c } else { char::from_u32(u32::from(c) + 0xfee0).expect("it is a letter") };
        let mangled = [
            text.to_lowercase(),
            text.replace('0', "O").replace('1', "l"),
            text.replace('0', "o").replace('1', "I"),
            text.replace('-', " — "),
            format!("  “{}”.", text.replace('-', "\u{a0}–\u{a0}")),
            text.replace('-', ""),
            text.chars().map(wide).collect(),
            text.chars().flat_map(|c| [c, '\u{200b}', '\u{202e}']).collect(),
            text.replacen('-', "-\r\n", 2),
        ];
        prop_assert_eq!(Code::read(&mangled[pick]), Ok(code));
        let listed = Listed::read(&format!("pair,code\n3,{}\n", mangled[pick]));
        prop_assert_eq!((listed.codes, listed.misread), (vec![(2, code)], vec![]));
    }

    #[test]
    fn rubbish_ends_and_every_complaint_is_one_sentence(text in any::<String>()) {
        let listed = Listed::read(&text);
        for misread in listed.misread {
            let why = misread.why.to_string();
            prop_assert!(!why.is_empty() && !why.contains(['\n', '.']));
            prop_assert!(!misread.text.chars().any(crate::visible::acts));
        }
    }
}

#[test]
fn one_or_two_wrong_letters_are_always_found() {
    for code in [some(Some(466_559), 3), some(None, 0), some(Some(1 << 31), 1_023)] {
        let right = plain(&code);
        for (i, j) in (0..right.len()).flat_map(|i| (i..right.len()).map(move |j| (i, j))) {
            for (a, b) in (0..32_u8).flat_map(|a| (0..32_u8).map(move |b| (a, b))) {
                let mut wrong = right.clone();
                (wrong[i], wrong[j]) = (letter(a), letter(b));
                assert_eq!(Code::of_letters(&wrong).is_ok(), wrong == right, "{wrong:?}");
            }
        }
    }
}

#[test]
fn three_or_four_wrong_letters_are_always_found() {
    let (right, mut luck) = (plain(&some(Some(12_345), 77)), Luck(0x9e37_79b9_7f4a_7c15));
    for _ in 0..20_000 {
        let mut wrong = right.clone();
        (0..3 + luck.below(2)).for_each(|_| wrong[luck.below(20)] = letter(luck.below(32) as u8));
        assert_eq!(Code::of_letters(&wrong).is_ok(), wrong == right, "{wrong:?}");
    }
}

#[test]
fn each_broken_code_is_named_by_its_line_with_what_is_wrong() {
    let (a, b, c) = (some(Some(1), 1), some(Some(2), 2), some(None, 3));
    let [first, second, third] = [a, b, c].map(|code| code.text().expect("it fits"));
    let misspelt = second.replace(second.chars().last().expect("it has letters"), "U");
    let other = format!("{}{}", if first.starts_with('0') { "1" } else { "0" }, &first[1..]);
    let text = format!(
        "# codes of Monday\nteam,code,bets\nred,{first},yes\nblue,{second}\n\n10:31 - somebody: {third} thanks!\n{}\n{misspelt}\n\
         {other}\nwe have none\n{first} {second}\n{}-\n{}\n",
        &first[..20],
        &other[..11],
        &other[12..],
    );
    let listed = Listed::read(&text);
    assert_eq!(listed.codes, [(3, a), (4, b), (6, c), (11, a), (11, b)]);
    let why: Vec<(usize, &BadCode)> = listed.misread.iter().map(|m| (m.line, &m.why)).collect();
    let letter = BadCode::Letter('U', misspelt.replace('-', "").find('U').expect("it is there") + 1);
    assert_eq!(
        why,
        [(7, &BadCode::Length(17)), (8, &letter), (9, &BadCode::Check), (10, &BadCode::Nothing), (12, &BadCode::Check)]
    );
}

#[test]
fn ten_megabytes_of_rubbish_are_one_sentence() {
    let text = "\u{202e}\u{0}x7-".repeat(1_300_000);
    let listed = Listed::read(&text);
    assert_eq!(listed.misread.iter().map(|m| &m.why).collect::<Vec<_>>(), [&BadCode::TooLong]);
    assert!(matches!(Code::read(&text), Err(BadCode::Length(2_600_000))));
    let many = Listed::read(&"00000-00000-00000-0000Z\n".repeat(40_000));
    assert_eq!((many.codes.len(), many.misread.len(), many.more), (0, 50, 39_950));
}

#[test]
fn what_no_code_says_is_told_from_what_is_misread() {
    let coded = |whole: u128| {
        let data: Vec<u8> = (0..16).rev().map(|place| (whole >> (5 * place)) as u8 & 31).collect();
        let letters: Vec<char> = data.iter().chain(&check(&data)).map(|v| letter(*v)).collect();
        Code::of_letters(&letters)
    };
    assert_eq!(coded((1 << 80) - 1), Err(BadCode::Range));
    let below_version = [NONCES, BETS.pow(3), ROOM[0] + 1, ROUNDS, ENDINGS, SEATS, SCENARIOS].iter().product::<u128>();
    assert_eq!(coded(below_version), Err(BadCode::Later));
    assert_eq!(coded(9 * NONCES * BETS.pow(3) * (ROOM[0] + 1) * ROUNDS), Err(BadCode::Range));
}

#[test]
fn bets_seats_and_packages_beyond_their_range_have_no_code() {
    let code = |bet, seat, outcome| Code { bets: [Some(bet), None, None], seat, ..some(outcome, 0) }.text();
    assert_eq!(code(7, 0, None), Err(NoCode::Bet(7)));
    assert_eq!(code(105, 0, None), Err(NoCode::Bet(105)));
    assert_eq!(code(5, 8, None), Err(NoCode::Seat(8)));
    assert_eq!(code(5, 7, Some(1 << 50)), Err(NoCode::Package(1 << 50)));
}
