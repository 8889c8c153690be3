-- Plants up to $wanted people of one pair and kind, each person at most once in all.

insert into plants
select
    pairs.pair_number,
    pools.person_id,
    min(pools.cycle) as cycle,
    pairs.rule_code,
    $kind as kind,
    case $kind when 'breach' then pairs.breach_variant else pairs.near_variant end as variant,
    case $kind when 'breach' then pairs.breach_seconds else pairs.near_seconds end as seconds,
    $is_extra as is_extra
from pools
inner join pairs on pools.pair_number = pairs.pair_number
where
    pools.pair_number = $pair_number
    and pools.kind = $kind
    and pools.person_id not in (select person_id from plants)
group by all
order by min(pools.preference)
limit $wanted;
