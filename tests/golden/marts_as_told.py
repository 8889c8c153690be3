"""How the golden tests read each mart: by story and native id instead of hashes.

Every query's columns carry the names of the expected file's columns. `people` gives the story of
every person, `records` of every record; a person is in exactly one story.
"""

PEOPLE = """
with stories as (
    select story, unnest(string_split(records, '|')) as record_id
    from read_csv($stories, header = true, all_varchar = true)
),
records as (
    select bridge.record_id, bridge.person_id, coalesce(stories.story, bridge.record_id) as story
    from marts.bridge_person_records as bridge
    left join stories using (record_id)
),
people as (select distinct person_id, story from records),
findings as (
    select * from marts.fct_rule_violations where subject_type != 'stage'
)
"""


def native(column: str) -> str:
    """`hubspot:contact:skips_mql` as `skips_mql`."""
    return f"split_part({column}, ':', 3)"


def marks(**flags: str) -> str:
    """The names of the flags that are set, in this order."""
    cases = ", ".join(f"case when {flag} then '{name}' end" for name, flag in flags.items())
    return f"concat_ws('|', {cases})"


MARTS = {
    "fct_stage_transitions": f"""
        select story, transitioned_at, {native("record_id")} as record, from_stage, to_stage,
            movement, actor_kind,
            case when actor_kind = 'human' then actor_id end as human,
            case when actor_kind = 'human' then actor_team end as team,
            cycle_number as cycle, stages_skipped_count as skipped, reason_code as reason,
            {marks(inferred="is_inferred", bulk="is_bulk", instant="is_instant")} as marks
        from marts.fct_stage_transitions inner join people using (person_id)
    """,
    "fct_stage_visits": f"""
        select story, valid_from, valid_to, {native("record_id")} as record, lifecycle_stage,
            previous_lifecycle_stage as previous, next_lifecycle_stage as next,
            visit_number as visit, visit_of_value_number as of_value, entered_by_kind as kind,
            touch_count as touches, interruption_count as interruptions,
            {marks(inferred="is_start_inferred", bulk="is_bulk")} as marks
        from marts.fct_stage_visits inner join people using (person_id)
    """,
    "fct_handoffs": """
        select story, offered_at, decision, decided_at, accepted_via, accepted_by_kind,
            decided_by_id as decided_by, handoffs.reason_code as reason, owner_id as owner,
            assigned_at, round(hours_to_decision, 2) as hours,
            round(working_hours_to_decision, 2) as working_hours,
            round(working_hours_unassigned, 2) as working_hours_unassigned,
            moves.movement as decided_by_move
        from marts.fct_handoffs as handoffs
        inner join people using (person_id)
        left join marts.fct_stage_transitions as moves
            on handoffs.decided_transition_id = moves.transition_id
    """,
    "fct_rule_violations": """
        select story, findings.rule_code, findings.subject_type, findings.occurred_at,
            findings.is_leading, causes.rule_code as cause_rule, findings.state
        from findings
        inner join people using (person_id)
        left join findings as causes on findings.cause_id = causes.violation_id
    """,
    "dim_people": f"""
        select story, lifecycle_stage, stage_entered_at,
            {native("primary_record_id")} as primary_record, record_count, owner_id as owner,
            owner_team, lead_status, open_deal_count, supported_stage, stage_alignment,
            is_deleted, is_customer
        from marts.dim_people inner join people using (person_id)
    """,
    "bridge_person_records": f"""
        select story, {native("record_id")} as record, link_kind
        from marts.bridge_person_records inner join people using (person_id)
        where story in (select story from records group by story having count(*) > 1)
    """,
    "fct_deals": f"""
        select {native("deal_id")} as deal, deal_stage, deal_role, pipeline_kind, amount, currency,
            person_count, created_at, offer_sent_at, closed_at, is_deleted,
            {native("duplicate_of_deal_id")} as duplicate_of
        from marts.fct_deals
    """,
    "fct_deal_stage_visits": f"""
        select {native("deal_id")} as deal, valid_from, valid_to, deal_stage,
            previous_deal_stage as previous, next_deal_stage as next, visit_number as visit,
            visit_of_value_number as of_value,
            {marks(inferred="is_start_inferred", bulk="is_bulk")} as marks
        from marts.fct_deal_stage_visits
    """,
    "fct_status_visits": f"""
        select story, valid_from, valid_to, lead_status, previous_lead_status as previous,
            next_lead_status as next, entered_by_kind as kind,
            {marks(inferred="is_start_inferred", bulk="is_bulk")} as marks
        from marts.fct_status_visits inner join people using (person_id)
    """,
    "fct_owner_visits": f"""
        select story, valid_from, valid_to, owner_id as owner, previous_owner_id as previous,
            next_owner_id as next,
            {marks(inferred="is_start_inferred", bulk="is_bulk")} as marks
        from marts.fct_owner_visits inner join people using (person_id)
    """,
    "verdicts": """
        select story, verdicts.rule_code, verdicts.judged_at, verdicts.verdict, verdicts.reason
        from intermediate.int_verdicts as verdicts
        inner join intermediate.int_subjects as subjects using (subject_type, subject_key)
        inner join intermediate.int_people using (person_key)
        inner join people using (person_id)
        where (story, verdicts.rule_code) in (
            select (story, rule_code)
            from read_csv($expected, header = true, all_varchar = true)
        )
    """,
}
