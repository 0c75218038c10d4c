//! What crosses the line, and how fast.

use payung_tests::peers;

fn main() {
    for count in [1_000, 100] {
        let floor = peers::floor(&peers::applicants(count));
        println!(
            "{count}: json {:.0} gzip {:.0} brotli {:.0} columns gzip {:.0} brotli {:.0} zstd {:.0} entropy {:.1}",
            floor.json, floor.json_gzip, floor.json_brotli, floor.columns_gzip, floor.columns_brotli, floor.columns_zstd, floor.entropy
        );
    }
}
