//! Every SQL statement, each from its own file; a test prepares all of them against a freshly migrated database.

macro_rules! statements {
    ($($name:ident = $file:literal,)+) => {
        $(pub const $name: &str = include_str!(concat!("sql/", $file, ".sql"));)+

        #[cfg(test)]
        pub const ALL: &[(&str, &str)] = &[$(($file, $name)),+];
    };
}

statements! {
    ATTESTED_ADD = "attested_add",
    ATTESTED_OF = "attested_of",
    ATTESTED_PEOPLE = "attested_people",
    ATTESTED_STATEMENTS = "attested_statements",
    ATTESTED_UNDER = "attested_under",
    CHECKPOINT_ADD = "checkpoint_add",
    CLAIM_NEXT = "claim_next",
    DEVICE_GET = "device_get",
    DEVICE_LIST = "device_list",
    DEVICE_PUT = "device_put",
    ENROLMENT_GET = "enrolment_get",
    ENROLMENT_PUT = "enrolment_put",
    ENTRY_ADD = "entry_add",
    ENTRY_GET = "entry_get",
    ENTRY_RANGE = "entry_range",
    HEAD_CERTIFICATE_ADD = "head_certificate_add",
    HEAD_CERTIFICATE_LIST = "head_certificate_list",
    HEAD_CERTIFICATE_OF = "head_certificate_of",
    HEAD_KEY_ADD = "head_key_add",
    HEAD_KEY_GET = "head_key_get",
    HEAD_KEY_LIST = "head_key_list",
    HEAD_REVOCATION_GET = "head_revocation_get",
    HEAD_REVOCATION_LIST = "head_revocation_list",
    HEAD_REVOCATION_PUT = "head_revocation_put",
    PERSON_BY_NIK = "person_by_nik",
    PERSON_GET = "person_get",
    PERSON_LIST = "person_list",
    PERSON_PUT = "person_put",
    RECEIPT_ADD = "receipt_add",
    RECEIPT_COVERING = "receipt_covering",
    RECEIPT_LATEST = "receipt_latest",
    SERIES_GET = "series_get",
    SERIES_OF_VILLAGE = "series_of_village",
    SERIES_PUT = "series_put",
    SETTING_GET = "setting_get",
    SETTING_PUT = "setting_put",
    STAMP_BY_SERIAL = "stamp_by_serial",
    STAMP_GET = "stamp_get",
    STAMP_PUT = "stamp_put",
    STATEMENT_ADD = "statement_add",
    STATEMENT_BY_CONTENT = "statement_by_content",
    STATEMENT_BY_DOCUMENT = "statement_by_document",
    STATEMENT_GET = "statement_get",
    STRETCH_ADD = "stretch_add",
    STRETCH_GET = "stretch_get",
    TOLD_ADD = "told_add",
    TOLD_GET = "told_get",
    TOTALS = "totals",
    VILLAGE_GET = "village_get",
    VILLAGE_LIST = "village_list",
    VILLAGE_PUT = "village_put",
    WITHDRAWAL_ADD = "withdrawal_add",
    WITHDRAWAL_GET = "withdrawal_get",
}
