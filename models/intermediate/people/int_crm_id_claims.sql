-- One row per record and known record of another CRM whose id it holds, with whether
-- the id links them.

with

ids as (

    select * from {{ ref('int_crm_ids') }}
    where is_known

),

emails as (

    select * from {{ ref('int_record_emails') }}
    where is_own

),

domains as (

    select * from {{ ref('int_record_domains') }}

),

compared as (

    select
        ids.*,
        coalesce(
            case
                when ids.object_type = 'company'
                    then domains.domain_key = claimed_domains.domain_key
                else emails.email_key = claimed_emails.email_key
            end,
            false
        ) as is_same_address
    from ids
    left join emails on ids.record_id = emails.record_id
    left join emails as claimed_emails
        on ids.claimed_record_id = claimed_emails.record_id
    left join domains on ids.record_id = domains.record_id
    left join domains as claimed_domains
        on ids.claimed_record_id = claimed_domains.record_id

),

ranked as (

    select
        *,
        count(*) filter (where is_live) over rivals as live_count,
        row_number() over (
            partition by claimed_record_id, source_system, object_type
            order by
                case when is_live then 0 else 1 end,
                case when is_same_address then 0 else 1 end,
                created_at nulls last,
                record_id
        ) as claim_rank
    from compared
    window rivals as (partition by claimed_record_id, source_system, object_type)

)

select
    record_id,
    claimed_record_id,
    is_live,
    is_same_address,
    is_live and live_count > 1 as is_contested,
    not is_live or live_count = 1 or claim_rank = 1 as is_linked,
    created_at
from ranked
