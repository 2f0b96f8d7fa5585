//! Linear equations in floats, as many as unknowns and few of them.

/// Solves `rows[r][..n] · x = rows[r][n]` by elimination with the largest pivot of each column, and says whether the determinant is above
/// 0; `None` where a pivot is 0 or not finite. The rows are used up. Complexity: n³/3.
pub fn solved(rows: &mut [Vec<f64>]) -> Option<(Vec<f64>, bool)> {
    let n = rows.len();
    let mut positive = true;
    for column in 0..n {
        let largest = (column..n).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))?;
        rows.swap(column, largest);
        positive ^= (largest != column) ^ (rows[column][column] < 0.0);
        let (done, below) = rows.split_at_mut(column + 1);
        let pivot = &done[column];
        if pivot[column] == 0.0 || !pivot[column].is_finite() {
            return None;
        }
        for row in below {
            let times = row[column] / pivot[column];
            if times != 0.0 {
                row[column..].iter_mut().zip(&pivot[column..]).for_each(|(x, p)| *x -= times * p);
            }
        }
    }
    let mut x = vec![0.0; n];
    for r in (0..n).rev() {
        let known: f64 = (r + 1..n).map(|c| rows[r][c] * x[c]).sum();
        x[r] = (rows[r][n] - known) / rows[r][r];
    }
    x.iter().all(|x| x.is_finite()).then_some((x, positive))
}
