-- One row per converted Salesforce lead, with what became of it and when.
-- ConvertedDate is a day: the history of the lead, or the contact's creation, tells the
-- time, else the conversion came after the last change of that day.

with

leads as (

    select * from {{ ref('stg_salesforce__leads') }}
    where is_converted and converted_contact_id is not null

),

contacts as (

    select * from {{ ref('stg_salesforce__contacts') }}

),

lead_changes as (

    select * from {{ ref('stg_salesforce__lead_changes') }}
    where not is_deleted

),

lead_statuses as (

    select * from {{ ref('stg_salesforce__lead_statuses') }}
    where is_converted

),

dated as (

    select
        lead_changes.record_id,
        lead_changes.changed_at,
        lead_changes.source_field = 'leadConverted' as is_conversion,
        lead_changes.source_field = 'Status'
        and lead_statuses.lead_status_id is not null as is_converting_status,
        {{ local_date('lead_changes.changed_at') }} = leads.converted_on as is_that_day
    from lead_changes
    inner join leads on lead_changes.record_id = leads.record_id
    left join lead_statuses
        on lower(trim(lead_changes.new_value)) = lower(lead_statuses.lead_status_value)

),

told as (

    select
        record_id,
        max(changed_at) filter (where is_conversion) as conversion_at,
        max(changed_at) filter (where is_converting_status and is_that_day)
            as status_at,
        max(changed_at) filter (where is_that_day) as last_change_at
    from dated
    group by record_id

),

conversions as (

    select
        leads.record_id,
        leads.converted_contact_id as contact_record_id,
        leads.converted_account_id as company_record_id,
        leads.converted_deal_id as deal_id,
        contacts.record_id is not null as is_contact_landed,
        coalesce(
            told.conversion_at,
            told.status_at,
            case
                when
                    {{ local_date('contacts.created_at') }} = leads.converted_on
                    and contacts.created_at
                    >= coalesce(told.last_change_at, leads.created_at)
                    then contacts.created_at
            end,
            told.last_change_at + interval '1' second,
            greatest(leads.created_at, {{ local_midnight('leads.converted_on') }})
        ) as converted_at
    from leads
    left join contacts on leads.converted_contact_id = contacts.record_id
    left join told on leads.record_id = told.record_id

)

select * from conversions
