/** Names as an eye takes them: look-alike letters become the same one (a small part of Unicode's confusables, UTS #39). */

const PAIRS =
  'аa еe оo рp сc уy хx іi јj ѕs ԁd һh ԛq ԝw ӏl АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ЅS αa βb γy εe ηn ιi κk νv οo ρp τt υu χx ωw ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ıi ɑa ɡg ɩi ʟl օo սu ոn ցg ǃl 0o 1l Il |l $s @a';
const SAME = new Map(PAIRS.split(' ').map((pair) => [[...pair][0]!, [...pair][1]!.toLowerCase()]));

/** Case, separators and look-alikes do not count. */
export function skeleton(name: string): string {
  return [...name.normalize('NFKC')]
    .map((char) => SAME.get(char) ?? char.toLowerCase())
    .join('')
    .replace(/rn/g, 'm')
    .replace(/[_\-.\s/:]/g, '')
    .replace(/[\p{Cf}\p{M}]/gu, '');
}

/** Case and separators do not count: `read-file` and `readFile` are the same name in two styles. */
export function style(name: string): string {
  return name.toLowerCase().replace(/[_\-.\s/:]/g, '');
}
