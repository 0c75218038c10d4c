//! The commands and events of the window, and their TypeScript in `ui/src/ipc/bindings.ts`.

use crate::{commands, dto};
use tauri_specta::{Builder, collect_commands, collect_events};

/// Numbers cross as JavaScript numbers: ids and milliseconds stay far below 2^53.
pub fn builder() -> Builder<tauri::Wry> {
    Builder::<tauri::Wry>::new()
        .commands(collect_commands![
            commands::app::app_state,
            commands::app::lock,
            commands::app::touch,
            commands::app::dashboard,
            commands::app::form_fields,
            commands::setup::search_regions,
            commands::setup::propose_village,
            commands::setup::create_register,
            commands::setup::pick_enrolment_file,
            commands::setup::enrolment_preview,
            commands::setup::enrol,
            commands::setup::unlock_page,
            commands::setup::unlock,
            commands::setup::unlock_with_recovery,
            commands::applicants::list_applicants,
            commands::applicants::applicant,
            commands::applicants::new_applicant,
            commands::applicants::save_field,
            commands::applicants::judge,
            commands::applicants::nik_facts,
            commands::applicants::release,
            commands::applicants::discard_edit,
            commands::applicants::end_applicant,
            commands::finding::facets,
            commands::finding::compare_people,
            commands::finding::not_same,
            commands::importing::pick_import_file,
            commands::importing::open_import,
            commands::importing::plan_import,
            commands::importing::import_rows,
            commands::importing::run_import,
            commands::importing::save_corrections,
            commands::importing::close_import,
            commands::importing::imports,
            commands::importing::undo_import,
            commands::importing::cancel_work,
            commands::population::population,
            commands::population::pick_population,
            commands::population::household,
            commands::population::last_used,
            commands::statements::statement_candidates,
            commands::statements::suggest_number,
            commands::statements::prepare_statement,
            commands::statements::statements,
            commands::statements::statement,
            commands::statements::withdraw_statement,
            commands::statements::statement_pdf,
            commands::statements::draft_statement,
            commands::statements::edit_draft,
            commands::statements::hand_over,
            commands::statements::check_number,
            commands::statements::statement_summary_waiting,
            commands::papers::print_pdf,
            commands::papers::note_printed,
            commands::papers::print_dialog,
            commands::papers::save_pdf,
            commands::papers::open_pdf,
            commands::papers::book_pdf,
            commands::papers::save_book,
            commands::papers::public_list_pdf,
            commands::papers::save_public_list,
            commands::exports::form_blank_pdf,
            commands::exports::save_form_blank,
            commands::exports::person_sheet_pdf,
            commands::exports::save_person_sheet,
            commands::exports::people_list_pdf,
            commands::exports::save_people_list,
            commands::exports::export_people,
            commands::exports::export_programme,
            commands::stamp::pick_stamp_files,
            commands::stamp::check_stamp_files,
            commands::stamp::record_stamp,
            commands::stamp::correct_stamp,
            commands::stamp::check_serial,
            commands::stamp::open_statement_file,
            commands::verify::pick_verify_file,
            commands::verify::verify_file,
            commands::head_room::enter_head_room,
            commands::head_room::leave_head_room,
            commands::head_room::strike_out,
            commands::head_room::freeze_statement,
            commands::head_room::sign_statement,
            commands::head_room::thaw_statement,
            commands::head_room::head_key,
            commands::head_room::revoke_statement,
            commands::sync::sync_status,
            commands::sync::sync_now,
            commands::sync::sync_history,
            commands::sync::last_outcomes,
            commands::photos::photos,
            commands::photos::pick_photo_files,
            commands::photos::attach_photo,
            commands::photos::attach_camera_picture,
            commands::photos::photo_bytes,
            commands::photos::open_photo,
            commands::photos::remove_photo,
            commands::versions::two_versions,
            commands::versions::choose_version,
            commands::carry::export_bundle,
            commands::carry::pick_bundle_file,
            commands::carry::import_bundle,
            commands::carry::devices,
            commands::carry::backup_now,
            commands::carry::pick_backup_file,
            commands::carry::backup_preview,
            commands::carry::restore_backup,
            commands::carry::join_village,
            commands::settings::settings,
            commands::settings::save_settings,
            commands::settings::pick_emblem,
            commands::settings::remove_emblem,
            commands::settings::add_person,
            commands::settings::change_secret,
            commands::settings::about
        ])
        .events(collect_events![
            dto::StageChanged,
            dto::SyncProgressed,
            dto::SyncStatusChanged,
            dto::AnswersArrived,
            dto::FileDropped,
            dto::WorkProgressed
        ])
        .disable_serde_phases()
        .dangerously_cast_bigints_to_number()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    const COMMANDS: &[&str] = &include!("../command_names.rs");

    fn generated() -> String {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bindings.ts");
        builder().export(specta_typescript::Typescript::default(), &file).unwrap();
        std::fs::read_to_string(file).unwrap()
    }

    /// `PAYUNG_WRITE_BINDINGS=1` (`make bindings`) writes the file anew instead.
    #[test]
    fn bindings_are_those_of_the_commands() {
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/ipc/bindings.ts");
        let generated = generated();
        if std::env::var_os("PAYUNG_WRITE_BINDINGS").is_some() {
            std::fs::write(&committed, &generated).unwrap();
        }
        let found = std::fs::read_to_string(&committed).unwrap_or_default();
        assert!(found == generated, "ui/src/ipc/bindings.ts is not fresh: run `make bindings`");
    }

    #[test]
    fn no_command_is_open_by_accident() {
        let typescript = generated();
        let mut invoked: Vec<&str> = typescript
            .match_indices("__TAURI_INVOKE(\"")
            .filter_map(|(at, start)| typescript[at + start.len()..].split('"').next())
            .collect();
        let mut listed = COMMANDS.to_vec();
        invoked.sort_unstable();
        listed.sort_unstable();
        assert_eq!(invoked, listed, "src-tauri/command_names.rs closes what it lists; list every command");
    }

    #[test]
    fn the_window_may_do_what_it_can_ask_and_nothing_else() {
        let text =
            std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tauri.conf.json")).unwrap();
        let config: serde_json::Value = serde_json::from_str(&text).unwrap();
        let security = &config["app"]["security"];
        let mut granted: Vec<&str> = security["capabilities"][0]["permissions"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(serde_json::Value::as_str)
            .collect();
        let mut wanted: Vec<String> =
            COMMANDS.iter().map(|name| format!("allow-{}", name.replace('_', "-"))).collect();
        wanted.extend(["core:event:allow-listen", "core:event:allow-unlisten"].map(str::to_owned));
        granted.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(granted, wanted);
        let policy = security["csp"].to_string();
        assert!(
            !policy.contains("https:") && !policy.contains("unsafe-eval"),
            "no remote content, no eval: {policy}"
        );
    }
}
