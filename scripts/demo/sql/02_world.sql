-- The company: its teams and people, its forms. Staff grows with the number of contacts.

create or replace table teams as
select * from (values
    (11, 'marketing', 'Marketing'),
    (12, 'sales_development', 'Sales Development'),
    (13, 'sales', 'Sales'),
    (14, 'customer_success', 'Customer Success'),
    (15, 'operations', 'Revenue Operations')
) as team (team_id, team, label);

set variable first_names = [
    'Ada', 'Ben', 'Clara', 'David', 'Elif', 'Felix', 'Greta', 'Hugo', 'Ines', 'Jonas',
    'Kira', 'Leo', 'Maja', 'Noah', 'Olga', 'Paul', 'Rosa', 'Sami', 'Tilda', 'Umar',
    'Vera', 'Willem', 'Yara', 'Zoe', 'Anton', 'Britta', 'Carlos', 'Dunja', 'Emil', 'Fatima',
    'Gus', 'Hanna', 'Ivan', 'Jule', 'Kofi', 'Lena', 'Marek', 'Nina', 'Oscar', 'Priya'
];
set variable last_names = [
    'Adler', 'Bauer', 'Costa', 'Dubois', 'Eriksen', 'Fischer', 'Garcia', 'Hansen', 'Ito',
    'Jansen', 'Keller', 'Larsen', 'Meyer', 'Novak', 'Okafor', 'Peeters', 'Quinn', 'Rossi',
    'Schmidt', 'Tanaka', 'Urban', 'Vogel', 'Weber', 'Yilmaz', 'Zimmer', 'Andersen', 'Berg',
    'Clarke', 'Dijkstra', 'Evans', 'Fontaine', 'Gruber', 'Huber', 'Iversen', 'Jones',
    'Kowalski', 'Lindgren', 'Moreau', 'Nilsson', 'Olsen', 'Petrov', 'Reid', 'Silva', 'Thomas'
];

create or replace macro team_changer() as 1399001;

create or replace table staff as
with sizes as (
    select
        team_id,
        team,
        cast(case team
            when 'marketing' then 4 + getvariable('people_count') // 4000
            when 'sales_development' then 6 + getvariable('people_count') // 500
            when 'sales' then 8 + getvariable('people_count') // 400
            when 'customer_success' then 4 + getvariable('people_count') // 1000
            else 2 + getvariable('people_count') // 4000
        end as bigint) as head_count
    from teams
),

members as (
    select
        sizes.team_id,
        sizes.team,
        sizes.head_count,
        cast(member.number as bigint) as member_number,
        sizes.team_id * 100000 + member.number as user_id
    from sizes
    cross join lateral range(sizes.head_count) as member (number)
)

select
    *,
    user_id + 7000000 as owner_id,
    pick(getvariable('first_names'), user_id, 'staff first') as first_name,
    pick(getvariable('last_names'), user_id, 'staff last') as last_name
from members
union all
-- A seller until the first extract, who has looked after customers since: owns nothing.
select 14, 'customer_success', null, null, team_changer(), team_changer() + 7000000,
    'Robin', 'Wechsler';

set variable marketing_count = (select count(*) from staff where team = 'marketing');
set variable sales_development_count = (
    select count(*) from staff where team = 'sales_development'
);
set variable sales_count = (select count(*) from staff where team = 'sales');
set variable customer_success_count = (
    select count(member_number) from staff where team = 'customer_success'
);
set variable operations_count = (select count(*) from staff where team = 'operations');

create or replace macro staff_member(team_id, head_count, id, salt) as
    team_id * 100000 + cast(floor(chance(id, salt) * head_count) as bigint);
create or replace macro marketer(id) as
    staff_member(11, getvariable('marketing_count'), id, 'marketer');
create or replace macro developer(id, cycle) as staff_member(
    12, getvariable('sales_development_count'), id, 'sales developer ' || cycle);
create or replace macro seller(id, cycle) as
    staff_member(13, getvariable('sales_count'), id, 'seller ' || cycle);
create or replace macro carer(id) as
    staff_member(14, getvariable('customer_success_count'), id, 'carer');
create or replace macro ops_member(id) as
    staff_member(15, getvariable('operations_count'), id, 'operator');

-- What the company thinks a form is worth: a decisive form starts a sales conversation.
create or replace table forms as
select * from (values
    ('f-demo', 'Book a demo', 'decisive', 60),
    ('f-pricing', 'Pricing request', 'decisive', 60),
    ('f-sales', 'Contact sales', 'decisive', 60),
    ('f-trial', 'Start a free trial', 'decisive', 60),
    ('f-webinar', 'Webinar registration', 'content', 25),
    ('f-guide', 'Buyer''s guide download', 'content', 15),
    ('f-paper', 'Whitepaper download', 'content', 15),
    ('f-newsletter', 'Newsletter signup', 'newsletter', 5)
) as form (form_id, form_name, form_kind, points);

-- The spelling of each stage in the CRM.
create or replace table stage_values as
select * from (values
    ('subscriber', 'subscriber', 'Subscriber'),
    ('lead', 'lead', 'Lead'),
    ('mql', 'marketingqualifiedlead', 'Marketing qualified lead'),
    ('sal', 'salesacceptedlead', 'Sales accepted lead'),
    ('sql', 'salesqualifiedlead', 'Sales qualified lead'),
    ('opportunity', 'opportunity', 'Opportunity'),
    ('customer', 'customer', 'Customer'),
    ('recycled', 'recycled', 'Recycled'),
    ('disqualified', 'disqualified', 'Disqualified'),
    ('closed_lost', 'closed_lost', 'Closed lost')
) as stage_value (stage, crm_value, label);

-- When the sync between the two CRMs began, and a week in which it wrote nothing.
set variable connected_at = (select getvariable('starts_at') + interval 30 day);
set variable outage_from = (select getvariable('as_of') - interval 95 day);
set variable outage_to = (select getvariable('as_of') - interval 88 day);
