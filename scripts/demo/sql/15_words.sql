-- Salesforce's words for what the company says, and Salesforce's ids.

-- The spelling of each stage, status and property in Salesforce.
create or replace table salesforce_stages as
select * from (values
    ('subscriber', 'Subscriber'), ('lead', 'Lead'), ('marketingqualifiedlead', 'MQL'),
    ('salesacceptedlead', 'SAL'), ('salesqualifiedlead', 'SQL'),
    ('opportunity', 'Opportunity'), ('customer', 'Customer'), ('recycled', 'Recycled'),
    ('disqualified', 'Disqualified'), ('closed_lost', 'Closed Lost'),
    ('NEW', 'New'), ('OPEN', 'Open - Not Contacted'), ('IN_PROGRESS', 'Working - Contacted'),
    ('CONNECTED', 'Connected'), ('OPEN_DEAL', 'Open Deal'), ('BAD_TIMING', 'Nurturing'),
    ('UNQUALIFIED', 'Unqualified')
) as word (hubspot_value, salesforce_value);

create or replace table salesforce_fields as
select * from (values
    ('lifecyclestage', 'Lifecycle_Stage__c', 'Lifecycle_Stage__c'),
    ('hs_lead_status', 'Status', 'Lead_Status__c'),
    ('rejection_reason', 'Rejection_Reason__c', 'Rejection_Reason__c'),
    ('budget_confirmed', 'Budget_Confirmed__c', 'Budget_Confirmed__c'),
    ('authority_confirmed', 'Authority_Confirmed__c', 'Authority_Confirmed__c'),
    ('need_confirmed', 'Need_Confirmed__c', 'Need_Confirmed__c'),
    ('timing_confirmed', 'Timing_Confirmed__c', 'Timing_Confirmed__c'),
    ('hubspot_owner_id', 'Owner', 'Owner')
) as field (name, lead_field, contact_field);

create or replace table salesforce_deal_stages as
select * from (values
    ('appointmentscheduled', 'Qualification', 20), ('qualifiedtobuy', 'Needs Analysis', 40),
    ('presentationscheduled', 'Value Proposition', 60),
    ('decisionmakerboughtin', 'Id. Decision Makers', 80),
    ('contractsent', 'Proposal/Price Quote', 90), ('onhold', 'On Hold', 10),
    ('closedwon', 'Closed Won', 100), ('closedlost', 'Closed Lost', 0),
    ('expansion_open', 'Needs Analysis', 40), ('expansion_won', 'Closed Won', 100),
    ('expansion_lost', 'Closed Lost', 0), ('renewal_open', 'Needs Analysis', 40),
    ('renewal_won', 'Closed Won', 100), ('renewal_lost', 'Closed Lost', 0)
) as stage (deal_stage, stage_name, probability);

-- Fifteen characters tell records apart by upper and lower case; three more say which of
-- them were upper case, five characters each, for whoever cannot tell.
create or replace macro salesforce_short_id(prefix, number) as prefix || '5g0000'
    || array_to_string(list_transform(
        [916132832, 14776336, 238328, 3844, 62, 1], lambda place: substr(
            '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
            1 + cast((number // place) % 62 as integer), 1)), '');

create or replace macro salesforce_check(id, place) as substr(
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345',
    1 + cast(list_sum(list_transform([0, 1, 2, 3, 4],
        lambda i: (substr(id, place + i, 1) between 'A' and 'Z')::integer << i)) as integer),
    1);

-- The one-element list names the id, so that it is worked out once.
create or replace macro salesforce_long_id(id) as list_transform([id], lambda one:
    one || salesforce_check(one, 1) || salesforce_check(one, 6) || salesforce_check(one, 11)
)[1];

create or replace macro salesforce_id(prefix, number) as
    salesforce_long_id(salesforce_short_id(prefix, number));

-- Users that are no person: the sync, the flows, the list loader.
create or replace macro sync_user() as 990001;
create or replace macro flow_user() as 990002;
create or replace macro list_user() as 990003;

-- When the connector wrote what it read.
create or replace macro synced() as getvariable('as_of') - interval 20 minute;
create or replace macro synced_before() as
    getvariable('extracted_before_at') - interval 20 minute;
