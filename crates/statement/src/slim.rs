//! Makes a tagged file smaller without taking a tag away. In a long annex the typesetter repeats in every cell what its
//! column's head says already (`TH` with the scope *column*), and in every tag that it is a tag. Both are optional, and
//! together they are a fifth of the file: bytes that a village sends over a weak line.

const TAG: &[u8] = b"<</Type/StructElem/S/";
const CELL: &[u8] = b"<</Type/StructElem/S/TD/";
const HEADERS: &[u8] = b"/A[<</O/Table/Headers[";
const HEADERS_END: &[u8] = b"]>>]";

/// The same file with shorter tags. What is not laid out as the typesetter lays out its files is given back untouched.
pub(crate) fn slim(pdf: Vec<u8>) -> Vec<u8> {
    slimmed(&pdf).unwrap_or(pdf)
}

fn slimmed(pdf: &[u8]) -> Option<Vec<u8>> {
    let table_at = table_at(pdf)?;
    let (head, trailer) = table(&pdf[table_at..])?;
    // Objects in the order of the file, each with the place of its line in the table.
    let mut objects: Vec<(usize, usize)> =
        head.lines.iter().enumerate().filter_map(|(place, line)| Some((in_use(line)?, place))).collect();
    objects.sort_unstable();
    let starts = objects.iter().map(|(start, _)| *start);
    let ends = starts.clone().skip(1).chain([table_at]);
    let mut out = Vec::with_capacity(pdf.len());
    out.extend_from_slice(pdf.get(..objects.first()?.0)?);
    let mut lines: Vec<Vec<u8>> = head.lines.iter().map(|line| line.to_vec()).collect();
    for ((start, place), end) in objects.iter().copied().zip(ends) {
        lines[place] = format!("{:010} 00000 n \n", out.len()).into_bytes();
        object(&mut out, pdf.get(start..end)?);
    }
    let new_table_at = out.len();
    out.extend_from_slice(head.title);
    lines.iter().for_each(|line| out.extend_from_slice(line));
    out.extend_from_slice(trailer);
    out.extend_from_slice(format!("startxref\n{new_table_at}\n%%EOF").as_bytes());
    Some(out)
}

/// One object, its tag shortened.
fn object(out: &mut Vec<u8>, bytes: &[u8]) {
    let Some(at) = find(bytes, b" obj\n").map(|at| at + b" obj\n".len()) else {
        return out.extend_from_slice(bytes);
    };
    let (name, body) = bytes.split_at(at);
    out.extend_from_slice(name);
    let Some(rest) = body.strip_prefix(TAG) else { return out.extend_from_slice(body) };
    out.extend_from_slice(b"<</S/");
    let headers = find(rest, HEADERS).filter(|_| body.starts_with(CELL)).and_then(|from| {
        let length = find(&rest[from..], HEADERS_END)? + HEADERS_END.len();
        Some((from, from + length))
    });
    match headers {
        Some((from, to)) => {
            out.extend_from_slice(&rest[..from]);
            out.extend_from_slice(&rest[to..]);
        }
        None => out.extend_from_slice(rest),
    }
}

struct Table<'a> {
    /// `xref` and the line with the number of the lines.
    title: &'a [u8],
    /// 20 bytes each.
    lines: Vec<&'a [u8]>,
}

/// Where the file's last line says its table is.
fn table_at(pdf: &[u8]) -> Option<usize> {
    let tail = pdf.strip_suffix(b"\n%%EOF")?;
    let digits = tail.rsplit(|b| *b == b'\n').next()?;
    let at: usize = std::str::from_utf8(digits).ok()?.parse().ok()?;
    pdf.get(at..)?.starts_with(b"xref\n0 ").then_some(at)
}

/// The table and the trailer after it, up to `startxref`.
fn table(bytes: &[u8]) -> Option<(Table<'_>, &[u8])> {
    let count_end = b"xref\n0 ".len() + bytes.get(b"xref\n0 ".len()..)?.iter().position(|b| *b == b'\n')?;
    let count: usize = std::str::from_utf8(&bytes[b"xref\n0 ".len()..count_end]).ok()?.parse().ok()?;
    let (title, rest) = bytes.split_at(count_end + 1);
    let lines: Vec<&[u8]> = rest.get(..count.checked_mul(20)?)?.chunks_exact(20).collect();
    let after = &rest[count * 20..];
    let trailer = &after[..find(after, b"startxref\n")?];
    trailer.starts_with(b"trailer").then_some((Table { title, lines }, trailer))
}

/// Where the object stands; `None` for a line of no object.
fn in_use(line: &[u8]) -> Option<usize> {
    let digits = line.get(..10).filter(|_| line.get(17) == Some(&b'n'))?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}
