//! Safe, or as Alembic: the project's switch.

use super::{Done, Workbench};
use retort::dialect;
use retort_protocol::scene::Discipline;

/// The variable by which commands hear of it; it goes before the ini file's key.
const VARIABLE: &str = "RETORT_DISCIPLINE";

impl Workbench {
    /// The switch is turned. An open revision has begun under the other discipline, so it is left first.
    pub(super) fn switch(&mut self, number: u32, discipline: Discipline) -> Done {
        self.leave_first(number);
        self.switch_to(Some(name(discipline)));
        self.survey();
        self.show_scene(number);
        self.forecast.stale();
        self.checkpoint();
        Ok(())
    }

    /// What was chosen, as links and zips carry it; without a choice, the ini file's key counts.
    pub(super) fn switch_to(&mut self, name: Option<&str>) {
        if let Some(name) = name {
            self.world.host.set_variable(VARIABLE, name);
        }
        self.switched = name.map(str::to_string);
    }
}

fn name(discipline: Discipline) -> &'static str {
    match discipline {
        Discipline::Safe => "safe",
        Discipline::AsAlembic => "as-alembic",
    }
}

/// The engine's discipline as the page knows it.
pub(super) fn shown(discipline: dialect::Discipline) -> Discipline {
    match discipline {
        dialect::Discipline::Safe => Discipline::Safe,
        dialect::Discipline::AsAlembic => Discipline::AsAlembic,
    }
}
