const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Functions of the dialects that compute a value from their arguments and the clock, and nothing else. */
export const HARMLESS_FUNCTIONS = words(`
  abs acos acosd age any_value array_agg array_append array_cat array_length array_lower array_position array_prepend array_remove
  array_replace array_to_json array_to_string array_upper ascii asin atan atan2 avg bit_and bit_length bit_or bool_and bool_or
  btrim cardinality cast cbrt ceil ceiling char char_length character_length chr coalesce concat concat_ws convert corr cos cot
  count covar_pop covar_samp cume_dist curdate current_date current_time current_timestamp curtime date date_add date_bin date_diff date_format
  date_part date_sub date_trunc dateadd datediff datefromparts datename datepart datetime day dayname dayofmonth dayofweek dayofyear
  dateserial decode degrees dense_rank div elt encode eomonth every exp extract field find_in_set first_value floor format from_days
  from_unixtime gcd generate_series getdate getutcdate greatest group_concat grouping hex hour if iff ifnull iif initcap instr
  isdate isnull isnumeric json_agg json_array json_array_elements json_array_elements_text json_array_length json_arrayagg
  json_build_array json_build_object json_contains json_each json_each_text json_extract json_extract_path json_extract_path_text
  json_group_array json_group_object json_insert json_keys json_length json_object json_object_agg json_object_keys json_objectagg
  json_patch json_quote json_remove json_replace json_set json_tree json_type json_typeof json_unquote json_valid json_value
  jsonb_agg jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object jsonb_each
  jsonb_each_text jsonb_extract_path jsonb_extract_path_text jsonb_object_agg jsonb_object_keys jsonb_path_query jsonb_pretty
  jsonb_set jsonb_strip_nulls jsonb_typeof julianday justify_days justify_hours justify_interval lag last_day last_value lcase lcm
  lead least left len length likelihood likely listagg ln localtime localtimestamp locate log log10 log2 lower lpad ltrim make_date
  make_interval make_time make_timestamp make_timestamptz max md5 median microsecond mid min minute mod mode month monthname now
  nth_value ntile nullif nvl nvl2 octet_length ord overlay parsename patindex percent_rank percentile_cont percentile_disc period_add pi position pow
  power printf quarter quote quote_literal quotename radians random rand rank regexp_count regexp_instr regexp_like regexp_match
  regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table regexp_substr regr_slope replace replicate reverse right
  round row row_number row_to_json rpad rtrim scale sec_to_time second sha1 sha2 sha256 sign sin soundex space split_part sqrt square
  starts_with stddev stddev_pop stddev_samp str str_to_date strcmp strftime string_agg string_split string_to_array stuff substr substring substring_index
  subtime sum switchoffset sysdate sysdatetime tan time time_to_sec timediff timestamp timestampadd timestampdiff timezone to_char to_date
  to_days to_json to_jsonb to_number to_timestamp to_hex total transaction_timestamp statement_timestamp clock_timestamp translate trim trunc truncate try_cast try_convert typeof ucase
  unhex unicode unix_timestamp unixepoch unlikely unnest upper uuid gen_random_uuid var_pop var_samp variance var_samp week weekday weekofyear
  width_bucket year yearweek zeroblob changes values default grouping_id sum_distinct exists any all some array`);

/** Words that end a name's alias: they begin the next clause. */
export const RESERVED = words(`
  SELECT FROM WHERE GROUP HAVING ORDER LIMIT OFFSET FETCH FOR UNION INTERSECT EXCEPT MINUS JOIN INNER LEFT RIGHT FULL CROSS OUTER
  NATURAL ON USING AS AND OR NOT IN IS LIKE ILIKE BETWEEN CASE WHEN THEN ELSE END EXISTS ALL ANY SOME DISTINCT INTO VALUES SET
  RETURNING WITH WINDOW QUALIFY LATERAL ASC DESC NULLS COLLATE TABLESAMPLE APPLY INSERT UPDATE DELETE CREATE DROP ALTER UNIQUE
  PRIMARY FOREIGN REFERENCES CHECK DEFAULT WHILE DO RLIKE REGEXP SIMILAR ESCAPE OVER FILTER WITHIN PARTITION ROWS RANGE GROUPS
  GLOB XOR DIV STRAIGHT_JOIN OUTPUT OPTION PIVOT UNPIVOT PROCEDURE EXEC EXECUTE CALL LOCK USE FORCE IGNORE MATCH ANALYZE`);

/** Types that carry arguments in parentheses, so that they do not look like calls. */
export const TYPES = words(`
  VARCHAR CHAR CHARACTER NVARCHAR NCHAR DECIMAL NUMERIC DEC FLOAT DOUBLE REAL INT INTEGER BIGINT SMALLINT TINYINT MEDIUMINT BIT TIME
  TIMESTAMP DATETIME DATETIME2 DATETIMEOFFSET BINARY VARBINARY TEXT BLOB ENUM INTERVAL VARYING TIMESTAMPTZ TIMETZ VARCHAR2 NUMBER CLOB YEAR SERIAL BOOLEAN UUID JSON JSONB DATE`);

/** Values that are read by a bare word. */
export const BARE_VALUES = words(
  'NULL TRUE FALSE CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP LOCALTIME LOCALTIMESTAMP DEFAULT UNKNOWN',
);
/** Bare words that call a function which tells about the server. */
export const TELLING = words(
  'CURRENT_USER SESSION_USER SYSTEM_USER CURRENT_ROLE CURRENT_CATALOG CURRENT_SCHEMA',
);
