//! The system's print dialog. The window lays a page over the whole sheet, so no system may add margins or shrink.

use crate::dto::{CommandError, PrintEnd, PrintSheet};
use crate::error::Answered;
use tauri::WebviewWindow;

/// Opens the dialog over what the window shows and waits for its end where the system tells it.
pub async fn run(window: &WebviewWindow, sheet: PrintSheet) -> Answered<PrintEnd> {
    system::run(window, sheet).await
}

fn not_opened() -> CommandError {
    CommandError::problem(
        "Dialog cetak tidak dapat dibuka. Simpan suratnya sebagai PDF, lalu cetak dari sana.",
    )
}

/// The web view's own `print()` keeps the printer's usual margins and shrinks the page into them. Here the dialog gets the
/// sheet without margins instead, and says whether it printed.
#[cfg(target_os = "linux")]
mod system {
    use super::not_opened;
    use crate::dto::{CommandError, PrintEnd, PrintSheet};
    use crate::error::Answered;
    use gtk::prelude::*;
    use gtk::{PageOrientation, PageSetup, PaperSize, Unit};
    use std::cell::RefCell;
    use std::rc::Rc;
    use tauri::WebviewWindow;
    use tokio::sync::oneshot;
    use webkit2gtk::{PrintOperation, PrintOperationExt, PrintOperationResponse, WebView};

    type End = Answered<PrintEnd>;

    pub async fn run(window: &WebviewWindow, sheet: PrintSheet) -> End {
        let (told, end) = oneshot::channel();
        window
            .with_webview(move |webview| {
                let page = webview.inner();
                // The dialog turns the main loop itself: not inside the message that brought this here.
                gtk::glib::idle_add_local_once(move || dialog(&page, sheet, told));
            })
            .map_err(|_| not_opened())?;
        // Nobody tells any more once the window is closed.
        end.await.unwrap_or(Ok(PrintEnd::Unknown))
    }

    fn dialog(page: &WebView, sheet: PrintSheet, told: oneshot::Sender<End>) {
        let operation = PrintOperation::new(page);
        operation.set_page_setup(&full_sheet(sheet));
        let told = Rc::new(RefCell::new(Some(told)));
        let tell = move |end: End| {
            if let Some(told) = told.take() {
                // Whoever asked may be gone with the window.
                let _ = told.send(end);
            }
        };
        // A failed operation finishes too, afterwards: the first word counts.
        let failed = tell.clone();
        operation.connect_failed(move |_, error| failed(Err(not_printed(error.message()))));
        let finished = tell.clone();
        operation.connect_finished(move |_| finished(Ok(PrintEnd::Printed)));
        let over = page.toplevel().and_downcast::<gtk::Window>();
        if operation.run_dialog(over.as_ref()) == PrintOperationResponse::Cancel {
            tell(Ok(PrintEnd::Cancelled));
        }
    }

    /// An upright sheet without margins: the letter carries its own. WebKit leaves a sheet on its side empty.
    fn full_sheet(sheet: PrintSheet) -> PageSetup {
        let setup = PageSetup::new();
        setup.set_paper_size(&paper(sheet.width_mm, sheet.height_mm));
        setup.set_orientation(PageOrientation::Portrait);
        setup.set_top_margin(0.0, Unit::Mm);
        setup.set_right_margin(0.0, Unit::Mm);
        setup.set_bottom_margin(0.0, Unit::Mm);
        setup.set_left_margin(0.0, Unit::Mm);
        setup
    }

    /// A4 by the name that printers know; F4 is a size of this country and has none.
    fn paper(width: u16, height: u16) -> PaperSize {
        match (width, height) {
            (210, 297) => PaperSize::new(Some("iso_a4")),
            (215, 330) => PaperSize::new_custom("f4", "F4", 215.0, 330.0, Unit::Mm),
            _ => {
                let name = format!("{width}x{height}mm");
                PaperSize::new_custom(&name, &name, f64::from(width), f64::from(height), Unit::Mm)
            }
        }
    }

    fn not_printed(why: &str) -> CommandError {
        CommandError::problem(format!(
            "Belum tercetak ({why}). Periksa pencetaknya, lalu cetak lagi; atau simpan suratnya sebagai PDF."
        ))
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use super::not_opened;
    use crate::dto::{PrintEnd, PrintSheet};
    use crate::error::Answered;
    use tauri::WebviewWindow;

    /// The sheet and its margins stand in the page rules of the print layer, which these web views follow.
    pub async fn run(window: &WebviewWindow, _sheet: PrintSheet) -> Answered<PrintEnd> {
        window.print().map_err(|_| not_opened())?;
        Ok(PrintEnd::Unknown)
    }
}
