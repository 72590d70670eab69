//! What is worked out of all documents, and is of no kind of document: a table for spreadsheets (CSV, RFC 4180), the same as objects
//! (JSON), and the schema of these, beside one another.
//!
//! Input: columns with what they hold, and rows. Output: the addresses and the bytes of the three files. Not here: what a row says.

use serde_json::{Map, Value as Json, json};

use super::json::{self, object};
use super::tables::Rows;
use super::{Subject, whole};
use crate::language::Language;
use crate::model::{Address, DataFile, Site};

/// The file of records.
pub const RECORDS: Subject = Subject::Part(1);

/// The file that describes them.
pub const SCHEMA: Subject = Subject::Part(2);

/// The media type of a schema.
pub const SCHEMA_TYPE: &str = "application/schema+json";

/// The form of such data.
pub struct WorkedOut<const COLUMNS: usize> {
    /// What the files are called: `/data/NAME.csv`, `/data/NAME.json`, `/data/NAME.schema.json`.
    pub name: &'static str,
    /// The member of the JSON that has the list of records.
    pub list: &'static str,
    /// The columns of the table, each with what it holds. A record has a member for each cell that is not empty.
    pub columns: [(&'static str, &'static str); COLUMNS],
    /// The members that each record has.
    pub required: &'static [&'static str],
    /// The title of the schema.
    pub title: &'static str,
    /// What the schema says of the whole.
    pub description: &'static str,
}

impl<const COLUMNS: usize> WorkedOut<COLUMNS> {
    /// Where the file with this ending is.
    pub fn address(&self, ending: &str) -> Address {
        Address::file(&format!("data/{}.{ending}", self.name))
    }

    /// The three files; none where there is nothing to tell.
    pub fn plan(&self, is_there: bool) -> Vec<(Address, Subject)> {
        let files = [("csv", Subject::Site), ("json", RECORDS), ("schema.json", SCHEMA)];
        files.into_iter().filter(|_| is_there).map(|(ending, subject)| (self.address(ending), subject)).collect()
    }

    /// The three files as the catalogue lists them, called by these strings: the table, the records, what they hold.
    pub fn files(&self, language: &Language, titles: [&str; 3]) -> [DataFile; 3] {
        let [csv, json, schema] = [("csv", "text/csv"), ("json", "application/json"), ("schema.json", SCHEMA_TYPE)];
        let file = |title: &str, (ending, media_type): (&str, &'static str), described: bool| DataFile {
            title: language.say(title, &[]),
            media_type,
            address: self.address(ending),
            schema: described.then(|| self.address(schema.0)),
        };
        [file(titles[0], csv, true), file(titles[1], json, true), file(titles[2], schema, false)]
    }

    /// The bytes of one of them, where a record says what its row says.
    pub fn write(&self, site: &Site, subject: Subject, rows: impl Iterator<Item = [String; COLUMNS]>) -> Vec<u8> {
        match subject {
            RECORDS => self.records(site, rows.map(|row| self.record(row))),
            SCHEMA => self.schema(site, Map::new()),
            _ => self.table(rows),
        }
    }

    /// The table.
    pub fn table(&self, rows: impl Iterator<Item = [String; COLUMNS]>) -> Vec<u8> {
        let mut table = Rows::new();
        table.push(self.columns.iter().map(|(name, _)| (*name).to_owned()));
        rows.for_each(|row| table.push(row.into_iter()));
        table.finish()
    }

    /// A row as an object.
    pub fn record(&self, row: [String; COLUMNS]) -> Map<String, Json> {
        let cells = self.columns.iter().map(|(name, _)| *name).zip(row);
        object(cells.map(|(name, cell)| (name, (!cell.is_empty()).then(|| Json::String(cell)))))
    }

    /// The file of records.
    pub fn records(&self, site: &Site, records: impl Iterator<Item = Map<String, Json>>) -> Vec<u8> {
        let records: Vec<Json> = records.map(Json::Object).collect();
        json::json(&json!({ "schema": whole(site, &self.address("schema.json")), (self.list): records }))
    }

    /// What one record holds, with its `further` members; a member that is absent is not recorded.
    pub fn schema(&self, site: &Site, further: Map<String, Json>) -> Vec<u8> {
        let columns = self.columns.iter().map(|(name, said)| ((*name).to_owned(), text(said)));
        let properties: Map<String, Json> = columns.chain(further).collect();
        let record = json!({
            "type": "object",
            "required": self.required,
            "properties": properties,
            "additionalProperties": false,
        });
        json::json(&json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": whole(site, &self.address("schema.json")),
            "title": self.title,
            "description": self.description,
            "type": "object",
            "required": ["schema", self.list],
            "properties": { "schema": { "type": "string" }, (self.list): { "type": "array", "items": record } },
            "additionalProperties": false,
        }))
    }
}

/// The schema of a text.
pub fn text(said: &str) -> Json {
    json!({ "type": "string", "description": said })
}
