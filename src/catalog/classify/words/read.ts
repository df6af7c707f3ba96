/** Verbs and nouns of looking without touching. */

/** Verbs that are hardly ever nouns in a tool's name. */
export const READ_VERBS =
  'get preview screenshot look echo blame embed dump list read fetch find reader viewer finder lister ' +
  'getter fetcher searcher retriever retrieve show describe lookup inspect analyze analyse validate ' +
  'verify browse discover detect compare explain estimate summarize summarise enumerate calculate ' +
  'compute determine identify diagnose extract parse decode measure peek poll probe grep simulate ' +
  'recommend suggest predict crawl scrape explore introspect assess interpret infer obtain gather ' +
  'collect examine investigate locate observe paginate translate whoami think ping search view check ' +
  'count display recall lint provide visualize visualise proofread exists wait sleep see tell convert';

/** Verbs that a name also uses as nouns. */
export const READ_OR_NOUN =
  'query monitor watch status scan test load capture review audit score geocode reason rank trace track ' +
  'format filter sort diff export download aggregate highlight sample research ask match help resolve ' +
  'map render transform snapshot quote forecast profile report stat transcribe chat consult cat ls head ' +
  'tail glob select answer plan classify detect tokenize hash benchmark balance autocomplete provide ' +
  'return output access introduce calculator lookup retriever searcher fetcher scraper crawler analyzer ' +
  'checker validator inspector explorer lister getter';

/** Nouns that name what is shown; they decide only when no verb does. */
export const READ_NOUNS =
  'info trending popular recent latest current upcoming related similar top best nearest similarity ' +
  'information details detail summary history stats statistics metrics metric log logs reports price ' +
  'prices pricing quotes weather docs documentation guide guidance schema version health tree contents ' +
  'overview news trends usage capabilities availability balances result results instructions ' +
  'diagnostics examples example reference rates time timezone doctor context data feed breakdown margin ' +
  'kpi leaderboard advice recommendations suggestions insights analysis analytics dashboard directory ' +
  'statement benchmarks';
