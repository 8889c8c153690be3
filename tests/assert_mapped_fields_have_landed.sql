-- Fields that field_mappings maps to a concept and that no load has brought.

select message from {{ ref('int_missing_fields') }}
