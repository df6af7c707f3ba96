/** Verbs that move or commit money, and the objects that turn other verbs into that. */

export const FINANCIAL_VERBS =
  'pay repay prepay buy sell purchase withdraw reimburse disburse remit donate payout stake unstake';

export const FINANCIAL_OR_NOUN =
  'charge refund transfer swap trade checkout invoice deposit bid tip bill settle lend borrow wager bet ' +
  'payment billing topup liquidate redeem';

/** What a call commits when it is created, sent, placed, confirmed… */
export const MONEY_OBJECTS =
  'payment refund charge payout sale invoice purchase transfer withdrawal deposit swap trade donation ' +
  'tip bill disbursement reimbursement settlement payable paymentlink checkout debit loan mandate ' +
  'chargeback remittance wager bid stake giftcard payroll';

/** Verbs that commit the object after them. */
export const COMMITTING_VERBS =
  'create add make new issue process submit initiate confirm execute finalize finalise authorize ' +
  'authorise capture send place approve complete release request post collect trigger schedule register ' +
  'record start open perform settle accept run sign broadcast book void cancel';

/** Objects that keep money words about money from being money: their settings, drafts and records. */
export const MONEY_PAPERWORK =
  'method dispute evidence type draft template note comment reminder preference setting category report ' +
  'tag label status history details metadata webhook notification event term customer statement preview';
