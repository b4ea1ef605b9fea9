//! Tables of text, laid out as psql lays them out.

/// A table to print.
#[derive(Debug, Default)]
pub struct Table {
    /// Stands centred above, if there is one.
    pub title: Option<String>,
    /// The heads of the columns.
    pub heads: Vec<String>,
    /// The rows, each as long as `heads`.
    pub rows: Vec<Vec<String>>,
    /// Which columns stand to the right.
    pub right: Vec<bool>,
    /// Lines below, as they are; without any, the count of rows stands there.
    pub footer: Vec<String>,
    /// Whether the count of rows is printed.
    pub counted: bool,
}

impl Table {
    /// The text, closed by an empty line as psql closes it.
    pub fn print(&self) -> String {
        let widths: Vec<usize> = (0..self.heads.len()).map(|column| self.width(column)).collect();
        let mut out = String::new();
        if let Some(title) = &self.title {
            let total = widths.iter().map(|width| width + 2).sum::<usize>() + widths.len().saturating_sub(1);
            out.push_str(&format!("{:>1$}\n", title, usize::midpoint(total, characters(title))));
        }
        let heads: Vec<String> = self.heads.iter().zip(&widths).map(|(head, width)| centred(head, *width)).collect();
        out.push_str(&format!(" {} \n", heads.join(" | ")));
        let rules: Vec<String> = widths.iter().map(|width| "-".repeat(width + 2)).collect();
        out.push_str(&format!("{}\n", rules.join("+")));
        self.rows.iter().for_each(|row| self.row(row, &widths, &mut out));
        self.footer.iter().for_each(|line| out.push_str(&format!("{line}\n")));
        if self.counted {
            let plural = if self.rows.len() == 1 { "" } else { "s" };
            out.push_str(&format!("({} row{plural})\n", self.rows.len()));
        }
        out.push('\n');
        out
    }

    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().map(|row| &row[column]);
        let lines = cells.flat_map(|cell| cell.split('\n')).map(characters);
        lines.chain([characters(&self.heads[column])]).max().unwrap_or(0)
    }

    // A cell of several lines goes on below, with a `+` where it goes on. The last column is not filled up.
    fn row(&self, row: &[String], widths: &[usize], out: &mut String) {
        let cells: Vec<Vec<&str>> = row.iter().map(|cell| cell.split('\n').collect()).collect();
        let last = cells.len().saturating_sub(1);
        for line in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
            for (column, cell) in cells.iter().enumerate() {
                let goes_on = line + 1 < cell.len();
                let piece = cell.get(line).copied().unwrap_or("");
                let filled = self.aligned(piece, column, widths[column]);
                let filled = if column == last && !goes_on && !self.is_right(column) { piece } else { &filled };
                let end = if goes_on {
                    "+"
                } else if column == last {
                    ""
                } else {
                    " "
                };
                out.push_str(&format!("{} {filled}{end}", if column > 0 { "|" } else { "" }));
            }
            out.push('\n');
        }
    }

    fn aligned(&self, piece: &str, column: usize, width: usize) -> String {
        let blanks = " ".repeat(width.saturating_sub(characters(piece)));
        if self.is_right(column) { format!("{blanks}{piece}") } else { format!("{piece}{blanks}") }
    }

    fn is_right(&self, column: usize) -> bool {
        self.right.get(column).copied().unwrap_or(false)
    }
}

fn characters(text: &str) -> usize {
    text.chars().count()
}

fn centred(text: &str, width: usize) -> String {
    let blanks = width.saturating_sub(characters(text));
    format!("{}{text}{}", " ".repeat(blanks / 2), " ".repeat(blanks - blanks / 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_stands_as_psql_prints_it() {
        let table = Table {
            title: Some("Table \"public.address\"".into()),
            heads: ["Column", "Type", "Collation", "Nullable", "Default"].map(str::to_string).to_vec(),
            rows: vec![
                ["id", "integer", "", "not null", "nextval('address_id_seq'::regclass)"].map(str::to_string).to_vec(),
                ["permanent_addr", "character varying(100)", "", "", ""].map(str::to_string).to_vec(),
            ],
            footer: vec!["Indexes:".into(), "    \"address_pkey\" PRIMARY KEY, btree (id)".into()],
            ..Table::default()
        };
        let expected = "                                        Table \"public.address\"
     Column     |          Type          | Collation | Nullable |               Default               
----------------+------------------------+-----------+----------+-------------------------------------
 id             | integer                |           | not null | nextval('address_id_seq'::regclass)
 permanent_addr | character varying(100) |           |          | 
Indexes:
    \"address_pkey\" PRIMARY KEY, btree (id)

";
        assert_eq!(table.print(), expected);
    }
}
