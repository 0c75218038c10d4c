//! Taking a village's device in, with the one-time file from the district.

use crate::error::SyncError;
use crate::link::{Link, LinkError};
use crate::village::Village;
use payung_journal::{EnrolAnswer, EnrolRequest, EnrolmentFile, EnrolmentFileError};
use payung_register::{NewEnrolment, Op, Register, RegisterError};

/// Why the device was not taken in. The file stays good unless the words say otherwise.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    #[error(transparent)]
    File(#[from] EnrolmentFileError),
    #[error(
        "Berkas pendaftaran ini untuk {found}, sedangkan register ini untuk {own}. Minta berkas desa Anda kepada kabupaten."
    )]
    OtherVillage { found: String, own: String },
    #[error(transparent)]
    Exchange(#[from] SyncError),
}

impl From<LinkError> for EnrolError {
    fn from(error: LinkError) -> Self {
        Self::Exchange(error.into())
    }
}

impl From<RegisterError> for EnrolError {
    fn from(error: RegisterError) -> Self {
        Self::Exchange(error.into())
    }
}

/// Asks the district to take this device in and writes down what the file says. Asking again after a lost answer gets
/// the same answer.
pub async fn enrol(village: &impl Village, link: &impl Link, file: EnrolmentFile) -> Result<(), EnrolError> {
    let asked = file.clone();
    let request =
        village.with(move |register| request(register, &asked)).await.ok_or(SyncError::Locked)??;
    let answer = link.enrol(serde_json::to_string(&request).map_err(|_| SyncError::Unreadable)?).await?;
    let answer: EnrolAnswer = serde_json::from_str(&answer).map_err(|_| SyncError::Unreadable)?;
    if answer.district_key != file.district_key {
        return Err(SyncError::NotTheDistrict.into());
    }
    let new = NewEnrolment { file, answer };
    village
        .with(move |register| register.transact(Op::Enrolled(new)).map(|_| ()))
        .await
        .ok_or(SyncError::Locked)??;
    Ok(())
}

/// Whether a file is for this register. Whether it is still good only the district can say: a laptop's clock may be years
/// off.
pub fn check_file(file: &EnrolmentFile, register: &Register) -> Result<(), EnrolError> {
    let own = register.village();
    if file.village != own.code {
        return Err(EnrolError::OtherVillage {
            found: format!("{} ({})", file.village_name, file.village),
            own: format!("{} ({})", own.name, own.code),
        });
    }
    Ok(())
}

fn request(register: &mut Register, file: &EnrolmentFile) -> Result<EnrolRequest, EnrolError> {
    check_file(file, register)?;
    Ok(register.enrol_request(file)?)
}
