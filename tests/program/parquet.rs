//! Tables as Parquet: the types that columns are promised, the cells of the CSV, the same bytes every time.

use std::fs;
use std::io::ErrorKind;
use std::sync::atomic::{AtomicU64, Ordering};

use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use winset::report::batch::BatchTable;
use winset::report::parquet::{GROUP, from_csv};

use crate::cli_support::{Folder, winset};

const PLAN: &str = "title = \"Strike\"\nscenarios = \"labour-dispute\"\nruns = 300\nrecord = \"inputs\"\n\
                    [design]\nkind = \"one-at-a-time\"\ninputs.\"audiences.drivers.loss_aversion\" = { values = [1, 2] }\n";

fn done(words: &[&str]) -> String {
    let asked = winset(words);
    assert_eq!(asked.status, 0, "{words:?}: {}", asked.err);
    asked.out
}

fn plan_in(folder: &Folder) -> String {
    let path = folder.path("plan.toml");
    fs::write(&path, PLAN).expect("the folder can be written");
    path
}

/// Opens Parquet that is in memory, by way of a file that has no name any more.
fn open(bytes: &[u8]) -> SerializedFileReader<fs::File> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let name = format!("winset-parquet-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let path = std::env::temp_dir().join(name);
    fs::write(&path, bytes).expect("the folder can be written");
    let file = fs::File::open(&path).expect("it is there");
    fs::remove_file(&path).expect("it is there");
    SerializedFileReader::new(file).expect("it is Parquet")
}

/// A table as Parquet, and read again: heads with types, and rows.
fn read(bytes: Vec<u8>) -> (Vec<String>, Vec<Vec<Field>>) {
    let reader = open(&bytes);
    let heads = reader.metadata().file_metadata().schema_descr().columns().iter();
    let heads = heads.map(|c| format!("{}: {}", c.name(), c.physical_type())).collect();
    let rows = reader.get_row_iter(None).expect("it has rows");
    let cells = |row: parquet::record::Row| row.get_column_iter().map(|(_, field)| field.clone()).collect();
    (heads, rows.map(|row| cells(row.expect("it can be read"))).collect())
}

fn converted(csv: &str) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from_csv(csv.as_bytes(), &mut bytes).map(|_| bytes)
}

#[test]
fn columns_hold_what_their_names_promise_whatever_the_cells_look_like() {
    let csv = "experiment,policy,rounds,reached,unknowns.a,message\n0,1,7,1,3,\n1,2,,0,,\"a, b\"\n";
    let (heads, rows) = read(converted(csv).expect("it can be written"));
    let expected = [
        "experiment: INT64",
        "policy: BYTE_ARRAY",
        "rounds: INT64",
        "reached: INT64",
        "unknowns.a: DOUBLE",
        "message: BYTE_ARRAY",
    ];
    assert_eq!(heads, expected);
    let text = |t: &str| Field::Str(t.to_owned());
    let first = vec![Field::Long(0), text("1"), Field::Long(7), Field::Long(1), Field::Double(3.0), Field::Null];
    let second = vec![Field::Long(1), text("2"), Field::Null, Field::Long(0), Field::Null, text("a, b")];
    assert_eq!(rows, [first, second]);
    // Whole numbers of runs are shares and means of experiments.
    let (heads, _) = read(converted("reached_share,rounds_mean\n1,7\n").expect("it can be written"));
    assert_eq!(heads, ["reached_share: DOUBLE", "rounds_mean: DOUBLE"]);
}

#[test]
fn a_cell_that_breaks_the_promise_is_named() {
    let error = converted("experiment,rounds\n0,1.5\n").expect_err("it is no whole number");
    assert_eq!(
        (error.kind(), error.to_string().as_str()),
        (ErrorKind::InvalidData, "`rounds` is `1.5`, not a whole number")
    );
}

#[test]
fn a_long_table_is_written_in_groups_and_an_empty_one_is_a_table() {
    let rows: String = (0..=GROUP).map(|i| format!("{i},{}\n", i as f64 / 8.0)).collect();
    let bytes = converted(&format!("run,margin\n{rows}")).expect("it can be written");
    let reader = open(&bytes);
    let groups: Vec<i64> = reader.metadata().row_groups().iter().map(RowGroupMetaData::num_rows).collect();
    assert_eq!(groups, [GROUP as i64, 1]);
    let (heads, rows) = read(converted("run,margin\n").expect("it can be written"));
    assert_eq!((heads.len(), rows.len()), (2, 0));
}

#[test]
fn the_tables_of_a_batch_hold_the_cells_of_the_csv_and_come_out_the_same_twice() {
    let folder = Folder::new("parquet");
    let (plan, one, two) = (plan_in(&folder), folder.path("one"), folder.path("two"));
    done(&["batch", &plan, "--out", &one, "--parquet", "--threads", "1"]);
    let parts = [1, 2].map(|i| folder.path(&format!("part-{i}")));
    for (part, shard) in parts.iter().zip(["1/2", "2/2"]) {
        done(&["batch", &plan, "--out", part, "--shard", shard, "--threads", "3"]);
    }
    done(&["merge", &parts[0], &parts[1], "--out", &two, "--parquet"]);
    for (table, _) in BatchTable::WORDS.iter().filter(|(name, _)| *name != "survival") {
        let bytes = |folder: &str| fs::read(format!("{folder}/{table}.parquet")).expect("it is there");
        assert!(bytes(&one) == bytes(&two), "{table}.parquet differs");
        let csv = fs::read_to_string(format!("{one}/{table}.csv")).expect("it is there");
        let (heads, rows) = read(bytes(&one));
        assert_eq!(rows.len() + 1, csv.lines().count(), "{table}");
        assert_eq!(heads.len(), csv.lines().next().expect("it has heads").split(',').count(), "{table}");
    }
}

#[test]
fn parquet_comes_to_a_folder_that_is_complete_and_goes_where_it_is_out_of_date() {
    let folder = Folder::new("parquet-later");
    let (plan, out) = (plan_in(&folder), folder.path("out"));
    let path = std::path::Path::new(&out).join("runs.parquet");
    done(&["batch", &plan, "--out", &out]);
    assert!(!path.exists());
    done(&["batch", &plan, "--out", &out, "--parquet"]);
    assert!(path.exists());
    let asked = winset(&["batch", &plan, "--out", &out, "--runs", "400"]);
    assert_eq!(asked.status, 0, "{}", asked.err);
    assert!(asked.err.contains("runs.parquet` is out of date"), "{}", asked.err);
    assert!(!path.exists());
}
