//! What an office scanner makes of paper: one picture a page, wrapped in a PDF without text or signature.

use std::path::PathBuf;

/// A PDF of A4 pages, each filled with one grey JPEG.
pub fn pdf_of(sheets: &[PathBuf]) -> Vec<u8> {
    let mut file = Objects { bytes: b"%PDF-1.4\n".to_vec(), offsets: Vec::new() };
    let kids: Vec<String> = (0..sheets.len()).map(|page| format!("{} 0 R", 3 + page * 3)).collect();
    file.add(b"<< /Type /Catalog /Pages 2 0 R >>");
    file.add(format!("<< /Type /Pages /Count {} /Kids [{}] >>", kids.len(), kids.join(" ")).as_bytes());
    for (page, sheet) in sheets.iter().enumerate() {
        let jpeg = std::fs::read(sheet).expect("a scanned sheet");
        let (width, height) = image::image_dimensions(sheet).expect("a JPEG");
        let first = 3 + page * 3;
        file.add(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R \
                 /Resources << /XObject << /Sheet {} 0 R >> >> >>",
                first + 1,
                first + 2
            )
            .as_bytes(),
        );
        let content = "595 0 0 842 0 0 cm /Sheet Do";
        file.add(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()).as_bytes());
        let mut picture = format!(
            "<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray \
             /BitsPerComponent 8 /Filter /DCTDecode /Length {} >>\nstream\n",
            jpeg.len()
        )
        .into_bytes();
        picture.extend_from_slice(&jpeg);
        picture.extend_from_slice(b"\nendstream");
        file.add(&picture);
    }
    file.finish()
}

struct Objects {
    bytes: Vec<u8>,
    offsets: Vec<usize>,
}

impl Objects {
    fn add(&mut self, content: &[u8]) {
        self.offsets.push(self.bytes.len());
        self.bytes.extend_from_slice(format!("{} 0 obj\n", self.offsets.len()).as_bytes());
        self.bytes.extend_from_slice(content);
        self.bytes.extend_from_slice(b"\nendobj\n");
    }

    fn finish(mut self) -> Vec<u8> {
        let start = self.bytes.len();
        let count = self.offsets.len() + 1;
        self.bytes.extend_from_slice(format!("xref\n0 {count}\n0000000000 65535 f \n").as_bytes());
        for offset in &self.offsets {
            self.bytes.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
        }
        let trailer = format!("trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        self.bytes.extend_from_slice(trailer.as_bytes());
        self.bytes
    }
}
