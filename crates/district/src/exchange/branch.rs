//! Decisions on a branch that this district has forgotten: it was put back from a copy and decided something else since.
//! The village's branch is as true as the district's own, it bears its signature: it comes again in a series of its own.

use crate::error::DistrictError;
use crate::store::{Content, SeriesRow};
use crate::work::{Prepared, Work, reenter};
use payung_domain::VillageCode;
use payung_journal::{Checkpoint, EntityId, Entry, Frame, Head, Position, SeriesKind};

/// The part of a branch that is not here yet: where it stood, and its bodies.
struct Branch<'a> {
    lost: Position,
    bodies: Vec<&'a [u8]>,
}

/// Enters the pushed branch anew, as far as no device of the village brought it before. The checkpoint was
/// proved to be the district's own; how many entries that were.
pub fn enter_again(
    work: &mut Work,
    village: VillageCode,
    series: &SeriesRow,
    frames: &[&Frame],
    checkpoint: &Checkpoint,
) -> Result<usize, DistrictError> {
    let Some(branch) = branch(work, series, frames, checkpoint)? else { return Ok(0) };
    let Some(branch) = not_here_yet(work, village, branch)? else { return Ok(0) };
    let row = reenter(work, village, branch.lost, &branch.bodies)?;
    work.writes.put_setting(super::RESTORED, &[1])?;
    for (seq, body) in (2..).zip(&branch.bodies) {
        if let Ok(entry) = Entry::decode(body) {
            work.take_up(village, &row, seq, Prepared::later(entry))?;
        }
    }
    Ok(branch.bodies.len())
}

/// What stands after the last common entry.
fn branch<'a>(
    work: &Work,
    series: &SeriesRow,
    frames: &[&'a Frame],
    checkpoint: &Checkpoint,
) -> Result<Option<Branch<'a>>, DistrictError> {
    let mut found: Option<Branch<'a>> = None;
    let Some(first) = frames.first() else { return Ok(None) };
    let mut head: Head = first.base;
    let mut common = Position { series: series.id, seq: first.first_seq.saturating_sub(1), head };
    if super::push::head_at(&*work.writes, series, common.seq)? != Some(head) {
        return Ok(None);
    }
    let mut reached = common.seq;
    for frame in frames {
        for (seq, carried) in frame.numbered().take_while(|(seq, _)| *seq <= checkpoint.seq) {
            head = head.next(&carried.digest(seq));
            reached = seq;
            if found.is_none() && super::push::head_at(&*work.writes, series, seq)? == Some(head) {
                common = Position { series: series.id, seq, head };
                continue;
            }
            // Decisions are never erased: a hole has nothing to say.
            let Some(body) = carried.body() else { return Ok(None) };
            found.get_or_insert_with(|| Branch { lost: common, bodies: Vec::new() }).bodies.push(body);
        }
    }
    // A fork is told by the signed head alone: only entries that lead to it are the district's own.
    let signed = (reached, head) == (checkpoint.seq, checkpoint.head);
    Ok(found.filter(|_| signed))
}

/// Another device of the village may have brought the same branch, or the beginning of it.
fn not_here_yet<'a>(
    work: &Work,
    village: VillageCode,
    mut branch: Branch<'a>,
) -> Result<Option<Branch<'a>>, DistrictError> {
    let rows = work.writes.village_series(village)?;
    let mut again = rows
        .iter()
        .filter(|row| row.kind == SeriesKind::Decisions)
        .filter_map(|row| Some((row.id, row.continues.filter(|continued| continued.reentered > 0)?)))
        .collect::<Vec<_>>();
    while !branch.bodies.is_empty() {
        let place = EntityId { series: branch.lost.series, seq: branch.lost.seq };
        let mut passed = None;
        for (index, (id, continued)) in again.iter().enumerate().filter(|(_, (_, c))| c.at == place) {
            let held = work.writes.entries(*id, 2, continued.reentered)?;
            let same = held
                .iter()
                .zip(&branch.bodies)
                .all(|(row, body)| matches!(&row.content, Content::Body { body: held, .. } if held == body));
            if same && held.len() as u64 == continued.reentered {
                passed = Some((index, held.len()));
                break;
            }
        }
        let Some((index, count)) = passed else { break };
        again.remove(index);
        let count = count.min(branch.bodies.len());
        branch.bodies.drain(..count);
        branch.lost.seq += count as u64;
    }
    Ok((!branch.bodies.is_empty()).then_some(branch))
}
