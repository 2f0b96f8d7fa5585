//! Tables of a batch as Parquet: the door to the library `parquet`.
//!
//! A table is written row by row in groups of [`GROUP`] rows, whatever its length. What a column holds is a matter of
//! its name, never of the cells that happen to stand in it; an empty cell is null. The same table gives the
//! same bytes: no time, no machine, no version of a library is written.

use std::io::{Error, ErrorKind, Read, Result, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

use super::tables::{Holds, column};
use crate::text::sheet::{BadRow, Rows};

/// Rows that are written together; this many are in memory at a time.
pub const GROUP: usize = 65_536;

/// What a column gathers.
fn held(name: &str) -> Gathered {
    match column(name).0 {
        Holds::Whole => Gathered::Whole(vec![]),
        Holds::Number => Gathered::Number(vec![]),
        Holds::Text => Gathered::Text(vec![]),
    }
}

/// Writes a table from its cells; gives the number of its rows.
///
/// # Errors
/// What the rows or the machine refuse; `InvalidData` where a cell is not what its column holds.
pub fn write(heads: &[String], rows: impl Iterator<Item = Result<Vec<String>>>, out: impl Write + Send) -> Result<u64> {
    let column = |head: &String| ParquetColumn { name: head.clone(), cells: held(head), there: Vec::new() };
    let mut columns: Vec<ParquetColumn> = heads.iter().map(column).collect();
    let mut writer = SerializedFileWriter::new(out, schema(&columns)?, Arc::new(settings())).map_err(refused)?;
    let mut count = 0;
    for row in rows {
        columns.iter_mut().zip(&row?).try_for_each(|(column, cell)| column.add(cell))?;
        count += 1;
        if count % GROUP as u64 == 0 {
            write_group(&mut columns, writer.next_row_group().map_err(refused)?)?;
        }
    }
    if count % GROUP as u64 != 0 {
        write_group(&mut columns, writer.next_row_group().map_err(refused)?)?;
    }
    writer.close().map_err(refused)?;
    Ok(count)
}

/// Writes a table from CSV: the rows of runs, which are kept as nothing else.
///
/// # Errors
/// As [`write()`].
pub fn from_csv(csv: impl Read, out: impl Write + Send) -> Result<u64> {
    let invalid = |bad: BadRow| Error::new(ErrorKind::InvalidData, bad);
    let rows = Rows::of(csv).map_err(invalid)?;
    let heads = rows.head.clone();
    write(&heads, rows.map(|row| row.map(|(_, cells)| cells).map_err(invalid)), out)
}

fn settings() -> WriterProperties {
    WriterProperties::builder().set_created_by("winset".to_owned()).set_compression(Compression::SNAPPY).build()
}

fn schema(columns: &[ParquetColumn]) -> Result<TypePtr> {
    let fields = columns.iter().map(ParquetColumn::field).collect::<Result<Vec<TypePtr>>>()?;
    let schema = Type::group_type_builder("table").with_fields(fields).build();
    schema.map(Arc::new).map_err(refused)
}

/// Writes what the columns gathered as one group, and empties them.
fn write_group(columns: &mut [ParquetColumn], mut group: SerializedRowGroupWriter<impl Write + Send>) -> Result<()> {
    for column in columns {
        let next = group.next_column().map_err(refused)?;
        let mut to = next.expect("the schema has one column for each");
        let levels = Some(column.there.as_slice());
        match &mut column.cells {
            Gathered::Whole(cells) => to.typed::<Int64Type>().write_batch(cells, levels, None).map(|_| cells.clear()),
            Gathered::Number(cells) => to.typed::<DoubleType>().write_batch(cells, levels, None).map(|_| cells.clear()),
            Gathered::Text(cells) => {
                to.typed::<ByteArrayType>().write_batch(cells, levels, None).map(|_| cells.clear())
            }
        }
        .and_then(|()| to.close())
        .map_err(refused)?;
        column.there.clear();
    }
    group.close().map(drop).map_err(refused)
}

/// Cells of one column that are gathered for a group.
struct ParquetColumn {
    name: String,
    cells: Gathered,
    /// For each row 1, or 0 where its cell is empty.
    there: Vec<i16>,
}

/// Whole numbers as `int64`, numbers as `double`, text as `string`.
enum Gathered {
    Whole(Vec<i64>),
    Number(Vec<f64>),
    Text(Vec<ByteArray>),
}

impl ParquetColumn {
    fn field(&self) -> Result<TypePtr> {
        let (physical, logical) = match self.cells {
            Gathered::Whole(_) => (Physical::INT64, None),
            Gathered::Number(_) => (Physical::DOUBLE, None),
            Gathered::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let field = Type::primitive_type_builder(&self.name, physical).with_repetition(Repetition::OPTIONAL);
        field.with_logical_type(logical).build().map(Arc::new).map_err(refused)
    }

    fn add(&mut self, cell: &str) -> Result<()> {
        self.there.push(i16::from(!cell.is_empty()));
        if cell.is_empty() {
            return Ok(());
        }
        let wrong = |what| Error::new(ErrorKind::InvalidData, format!("`{}` is `{cell}`, not {what}", self.name));
        match &mut self.cells {
            Gathered::Whole(cells) => cells.push(cell.parse().map_err(|_| wrong("a whole number"))?),
            Gathered::Number(cells) => cells.push(cell.parse().map_err(|_| wrong("a number"))?),
            Gathered::Text(cells) => cells.push(cell.into()),
        }
        Ok(())
    }
}

fn refused(error: ParquetError) -> Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<Error>() {
            Ok(io) => *io,
            Err(other) => Error::other(other.to_string()),
        },
        other => Error::other(other.to_string()),
    }
}
