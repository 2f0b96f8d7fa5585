//! Tables in Arrow's memory, handed over through its C data interface.

use std::sync::Arc;

use arrow_array::builder::{Date32Builder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array as _, ArrayRef, Float64Array, RecordBatch, RecordBatchIterator};
use arrow_schema::{DataType, Field, Schema};
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule};
use winset::Answer;
use winset::report::run;
use winset::report::tables::Holds;
use winset::text::sheet::Rows;

/// A table.
#[pyclass(frozen, module = "winset._winset")]
pub struct Arrow(RecordBatch);

#[pymethods]
impl Arrow {
    /// The table as a capsule `arrow_array_stream`.
    fn stream<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let all = RecordBatchIterator::new([Ok(self.0.clone())], self.0.schema());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(all)), c"arrow_array_stream")
    }

    /// Its columns as a capsule `arrow_schema`.
    fn schema<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.0.schema_ref().as_ref());
        let schema = schema.map_err(|e| PyValueError::new_err(e.to_string()))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    #[getter]
    fn rows(&self) -> usize {
        self.0.num_rows()
    }

    #[getter]
    fn columns(&self) -> Vec<String> {
        self.0.schema_ref().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// The bytes of a column of floats; what is missing is no number.
    fn numbers<'py>(&self, py: Python<'py>, column: &str) -> PyResult<Bound<'py, PyBytes>> {
        let all = self.0.column_by_name(column).and_then(|it| it.as_any().downcast_ref::<Float64Array>());
        let all = all.ok_or_else(|| PyKeyError::new_err(column.to_owned()))?;
        let bytes: Vec<u8> = all.iter().flat_map(|it| it.unwrap_or(f64::NAN).to_ne_bytes()).collect();
        Ok(PyBytes::new(py, &bytes))
    }
}

/// One row a run; `None` where they were not recorded.
pub fn runs(answer: &Answer) -> Option<Arrow> {
    (!answer.rows.is_empty()).then(|| typed(&run::runs(answer.n(), &answer.rows)))
}

/// A table of a folder of results, such as `packages`, `verdicts` or `terms`; `None` where there is none of that name.
pub fn sheet(answer: &Answer, name: &str) -> Option<Arrow> {
    let sheets = run::sheets(answer);
    sheets.iter().find(|(file, _)| file.strip_suffix(".csv") == Some(name)).map(|(_, text)| typed(text))
}

/// The names of those tables.
pub fn names(answer: &Answer) -> Vec<String> {
    run::sheets(answer).iter().filter_map(|(file, _)| file.strip_suffix(".csv").map(str::to_owned)).collect()
}

/// What stands in a column, by its head: what `winset schema --tables` says, and days as such.
fn kind(head: &str) -> DataType {
    match winset::report::tables::column(head).0 {
        _ if head == "date" => DataType::Date32,
        Holds::Whole => DataType::Int64,
        Holds::Number => DataType::Float64,
        _ => DataType::Utf8,
    }
}

/// A sheet as a table, each column of its own type; an empty cell is missing.
fn typed(sheet: &str) -> Arrow {
    let rows = Rows::of(sheet.as_bytes()).expect("the library writes sheets with heads");
    let head = rows.head.clone();
    let rows: Vec<Vec<String>> = rows.map(|row| row.expect("the library writes whole rows").1).collect();
    let columns =
        head.iter().enumerate().map(|(at, head)| column(&kind(head), rows.iter().map(|row| row[at].as_str())));
    let columns: Vec<ArrayRef> = columns.collect();
    let fields = head.iter().zip(&columns).map(|(head, column)| Field::new(head, column.data_type().clone(), true));
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    Arrow(RecordBatch::try_new(schema, columns).expect("all columns are equally long"))
}

fn column<'c>(kind: &DataType, cells: impl Iterator<Item = &'c str>) -> ArrayRef {
    let cells = cells.map(|cell| Some(cell).filter(|cell| !cell.is_empty()));
    match kind {
        DataType::Int64 => {
            let mut built = Int64Builder::new();
            cells.for_each(|cell| built.append_option(cell.and_then(|cell| cell.parse().ok())));
            Arc::new(built.finish())
        }
        DataType::Float64 => {
            let mut built = Float64Builder::new();
            cells.for_each(|cell| built.append_option(cell.and_then(|cell| cell.parse().ok())));
            Arc::new(built.finish())
        }
        DataType::Date32 => {
            let mut built = Date32Builder::new();
            cells.for_each(|cell| built.append_option(cell.and_then(days)));
            Arc::new(built.finish())
        }
        _ => {
            let mut built = StringBuilder::new();
            cells.for_each(|cell| built.append_option(cell));
            Arc::new(built.finish())
        }
    }
}

/// Days of a date `YYYY-MM-DD` since 1970-01-01, by the civil calendar (Hinnant's algorithm, with years that begin in March).
fn days(date: &str) -> Option<i32> {
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<i32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * month + 2) / 5 + day - 1 - 719_468)
}
