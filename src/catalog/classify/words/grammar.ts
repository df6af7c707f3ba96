/** Words around the verb: what introduces it, denies it, or only says how. */

/** What stands before the verb of a description: `This tool will …`, `Use this to …`, `Allows you to …`. */
export const FILLERS =
  'this that these the a an tool tools function method endpoint action api operation will would can may is are be ' +
  'used useful use uses using to for allow allows lets let you your user users agent agents it its i helper ' +
  'utility simple please must should primary main always when want need wants needs designed intended able in ' +
  'order which then also and deprecated beta alpha experimental important note new step optional quickly first ' +
  'bulk batch directly efficiently provides ability way capability ui mcp actually only just one of next by ' +
  'enables helps help has';

/** Within three words before a verb they deny it. */
export const NEGATIONS =
  "not never no without cannot can't don't doesn't won't isn't nor neither nothing instead avoid";

/** Opens a sentence about something else than the action. */
export const ASIDES =
  'requires note example examples args arguments parameters see if tip warning prerequisite because after before unlike';

/** After `call`, these make the sentence advice on using the tool. */
export const ADVISED = 'this when before after it first once only the if whenever';

/** Verbs that leave it to their noun to say what is done. */
export const LIGHT_VERBS = 'perform performs performing do does conduct conducts carry issue';

/** Words of a name, around its verb, that only say how. */
export const MANNER =
  'batch bulk mass multi multiple soft hard force quick fast safe auto async sync try do please ai smart new my ' +
  'the a tool mcp api all direct advanced simple';

/** What a name that begins so asks is answered, whatever verbs follow: `can_delete`. */
export const ASKING = 'is has can should does will are';

/** Verbs that what follows cannot turn into something else: `preview_update`, `query_run`. */
export const STEADY = 'check verify validate preview estimate explain analyze query';

/** Verbs that name an action wherever they stand: `pods_delete`, `crm_get_email`. */
export const PLAIN =
  'get list create update delete remove add set read write send show fetch destroy execute exec insert put';

/** What follows them in a name is not its verb: `order_delete_by_id`. */
export const PREPOSITIONS = 'by for from to with in on via at into as of';

/** Run-together names begin with one of these: `createorupdate`. */
export const RUN_TOGETHER =
  'create update delete remove destroy execute search fetch upload download insert write retrieve list find';
