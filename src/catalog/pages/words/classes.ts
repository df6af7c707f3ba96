/** What each class means to somebody who has to decide about a tool. */
import type { ToolClass } from '../../../policy/index.ts';

export interface ClassWords {
  /** With its article: `an Execute tool`. */
  readonly a: string;
  /** What agents do with it, after the tool's name and before the server's. */
  readonly use: string;
  readonly useMore: string;
  /** What goes wrong without a policy. */
  readonly danger: string;
  /** Of the whole class, for its own page. */
  readonly definition: string;
  readonly examples: string;
  /** What one should do, after `such tools`. */
  readonly advice: string;
  /** What the balanced rule does, after the tool's name. */
  readonly effect: string;
  readonly action: string;
}

export const CLASS_WORDS: Readonly<Record<ToolClass, ClassWords>> = {
  Read: {
    a: 'a Read tool',
    use: 'to look things up in',
    useMore:
      'A call leaves what is stored there as it was. What it returns, however, enters the model’s context and can be carried on from there.',
    danger:
      'A call changes nothing by itself. The risk lies in what comes back: data that should not leave, text of strangers that the model may follow like an order, and a loop that asks thousands of times.',
    definition: 'Tools that look something up and leave everything as it was.',
    examples: 'listing, searching, fetching, taking a picture of a screen',
    advice:
      'can be permitted, each by name; watch those that return private data or text written by strangers',
    effect:
      'may be called as often as an agent likes; every other tool of the server is refused until a rule names it.',
    action: 'Allow this tool and deny the rest',
  },
  Write: {
    a: 'a Write tool',
    use: 'to create or change things in',
    useMore:
      'Each call leaves a mark on real data. Most of it can be put right later, by somebody who notices.',
    danger:
      'One wrong call can be undone. A loop of wrong calls overwrites faster than anybody reads, and what an agent writes is later read by people and by other agents as if it were true.',
    definition: 'Tools that create or change something that can be changed back.',
    examples: 'creating a record, editing a page, moving a file, renaming a workspace',
    advice: 'should be limited in how often they run, so that a mistake stays a small one',
    effect:
      'stays usable, at most 30 times a minute for each grant: plenty for work, too little for a loop that rewrites everything.',
    action: 'Rate-limit this tool',
  },
  Execute: {
    a: 'an Execute tool',
    use: 'to make something happen in',
    useMore:
      'What that is depends on the arguments that the agent chooses. It need not end with the call: processes start, messages go out, other systems react.',
    danger:
      'The name says little about a call, because the arguments decide. Whoever can steer the agent, through a document, an issue or a web page that it reads, chooses what runs.',
    definition: 'Tools that run code or set something going; their arguments decide what.',
    examples: 'running a script, a shell command or a build, clicking and typing, restarting a machine',
    advice: 'should be limited in how often they run, with rules on their arguments',
    effect:
      'stays usable, at most 10 times a minute for each grant. An agent that runs wild is stopped after seconds and not after hours.',
    action: 'Rate-limit this tool',
  },
  Destructive: {
    a: 'a Destructive tool',
    use: 'to remove things from',
    useMore: 'What a call takes away does not come back: there is no undo, only backups, if there are any.',
    danger:
      'There is no second try. To an agent, destroying something and making it anew can look like the shortest way to a goal, and no attacker is needed for that.',
    definition: 'Tools that delete or overwrite for good.',
    examples: 'deleting a project, dropping a table, emptying a folder, revoking keys',
    advice: 'should be out of an agent’s sight unless a person approves each call',
    effect:
      'is hidden: it is missing from the list that the agent gets, and a call of it is answered as if there were no such tool.',
    action: 'Hide this tool',
  },
  Financial: {
    a: 'a Financial tool',
    use: 'to move money through',
    useMore: 'A call commits somebody to pay. Getting the money back needs the other side’s consent.',
    danger:
      'Small amounts add up when nobody counts them, and a request for payment that was slipped into an agent’s input looks like any other task.',
    definition: 'Tools that pay, charge, refund, transfer or order.',
    examples: 'sending a payment, refunding an order, placing a trade, renting a machine by the hour',
    advice: 'should wait for a person’s approval, with a bound on each amount and on the sum of a day',
    effect:
      'waits for a person: each call is held until somebody with the right to do so approves it, and is refused otherwise.',
    action: 'Ask before this tool runs',
  },
};
