/** Words of parameter names and what a parameter with them takes in. */
export const CODE =
  'code script javascript js python typescript lua snippet program expression formula jq graphql cypher ' +
  'sourcecode source_code jscode';
/** Codes that are no programs. */
export const OTHER_CODES =
  'country zip postal currency status error auth authorization verification language promo discount ' +
  'coupon product stock airport iata icao hs area access invite confirmation otp exit state region qr ' +
  'bar color colour reason tracking station airline reference response http locale fund bank sort swift ' +
  'industry type category voucher pin oauth';
export const SQL = 'sql sqlquery rawsql dml ddl';
export const SHELL = 'command cmd shell bash commandline shellcommand commands';
export const URL_WORDS = 'url urls uri link href endpoint webhook callback domain website baseurl';
export const PATH = 'path paths file filename filepath directory dir folder filepaths cwd destination';
export const CREDENTIAL =
  'password passwd passphrase secret apikey credential credentials privatekey mnemonic accesskey pat ' +
  'bearer cvv pin seedphrase totp';
export const HTML = 'html markup template svg htmlbody css';
export const RECIPIENT = 'to cc bcc recipient recipients receiver receivers';
export const AMOUNT = 'amount amounts budget bid price cents usd eur satoshis sats';
export const BULK =
  'ids bulk batch uuids records rows entries entities objects inputs operations recipients paths files ' +
  'urls';
/** Next to a number called `amount`, these say that it is money. */
export const CURRENCY =
  'currency usd eur payment pay price money cents wei token tokens usdc btc sats refund charge fee ' +
  'balance';
