/** What a page says, apart from how it is written: one content becomes HTML and Markdown. */
import type { Severity } from '../../types.ts';

export type Tone = Severity | 'plain' | 'signal';

export type Inline = string | InlineNode | readonly Inline[];

export type InlineNode =
  /** A name or a value, in the typeface of code. */
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  /** Words that somebody else chose: kept apart from what stands around them. */
  | { readonly kind: 'foreign'; readonly text: string }
  | { readonly kind: 'link'; readonly href: string; readonly text: Inline }
  | { readonly kind: 'chip'; readonly tone: Tone; readonly text: string; readonly href?: string | undefined };

export interface Card {
  /** Absent: named, but without a page. */
  readonly href: string | undefined;
  readonly title: Inline;
  readonly chips: readonly Inline[];
  readonly note?: Inline | undefined;
}

export interface Quote {
  /** The words that decided, between those that stand around them. */
  readonly before: string;
  readonly words: string;
  readonly after: string;
  readonly place: string;
  readonly says: string;
}

export interface Question {
  readonly question: Inline;
  /** One piece a paragraph. */
  readonly answer: readonly Inline[];
}

export interface Share {
  readonly label: string;
  readonly href: string;
  readonly tone: Severity;
  readonly count: number;
}

export interface FormChoice {
  readonly value: string;
  readonly text: string;
}

export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly type: 'search' | 'text' | 'email' | 'area' | 'choice' | 'trap' | 'hidden';
  readonly most?: number | undefined;
  readonly required?: boolean | undefined;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly autocomplete?: string | undefined;
  /** The first stands for no choice. */
  readonly choices?: readonly FormChoice[] | undefined;
}

export interface Form {
  readonly method: 'get' | 'post';
  readonly action: string;
  readonly label: string;
  readonly submit: string;
  readonly look: 'search' | 'letter';
  readonly fields: readonly FormField[];
}

export type Block =
  | { readonly kind: 'text'; readonly of: Inline; readonly look?: 'lead' | 'soft' | undefined }
  | {
      readonly kind: 'section';
      readonly id: string;
      readonly title: Inline;
      readonly above?: Inline | undefined;
      readonly blocks: readonly Block[];
      readonly look?: 'panel' | undefined;
    }
  | { readonly kind: 'list'; readonly ordered?: boolean | undefined; readonly items: readonly Inline[] }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly head: readonly string[];
      readonly rows: readonly (readonly Inline[])[];
    }
  | { readonly kind: 'quotes'; readonly items: readonly Quote[] }
  | { readonly kind: 'saying'; readonly paragraphs: readonly string[]; readonly from: string }
  | {
      readonly kind: 'code';
      readonly id: string;
      readonly name: string;
      readonly text: string;
      readonly language: string;
    }
  | { readonly kind: 'fold'; readonly title: Inline; readonly blocks: readonly Block[] }
  | { readonly kind: 'cards'; readonly items: readonly Card[] }
  | { readonly kind: 'chips'; readonly label: string; readonly items: readonly Inline[] }
  | { readonly kind: 'questions'; readonly items: readonly Question[] }
  | {
      readonly kind: 'actions';
      readonly items: readonly {
        readonly href: string;
        readonly text: string;
        readonly main?: boolean | undefined;
      }[];
    }
  | { readonly kind: 'facts'; readonly items: readonly { readonly label: string; readonly value: Inline }[] }
  | { readonly kind: 'shares'; readonly label: string; readonly items: readonly Share[] }
  | { readonly kind: 'form'; readonly form: Form };

export interface Crumb {
  readonly path: string;
  readonly name: string;
}

export interface PageContent {
  /** Canonical path, without the host. */
  readonly path: string;
  readonly status: 200 | 400 | 404 | 413 | 429 | 403 | 422;
  /** Plain text for the title, Open Graph and lists. */
  readonly title: string;
  readonly description: string;
  /** From the top to this page's parent. */
  readonly crumbs: readonly Crumb[];
  readonly chips: readonly Inline[];
  readonly heading: Inline;
  readonly lead: Inline;
  readonly jumps: readonly { readonly href: string; readonly text: Inline }[];
  /** Beside the text on wide screens. */
  readonly aside: readonly Block[];
  readonly blocks: readonly Block[];
  /** Beside BreadcrumbList, which every page has. */
  readonly article: boolean;
  /** Whether search engines may list it. */
  readonly indexed: boolean;
  /** Ms since the epoch. */
  readonly updatedAt: number | null;
}
