import { useState } from 'react';
import { Check, Copy } from 'lucide-react';
import { announce } from './announcer.ts';
import { Button } from './button.tsx';

const SHOWN_MS = 2000;

export function CopyButton({
  text,
  label = 'Copy',
  small = true,
}: {
  readonly text: string;
  readonly label?: string;
  readonly small?: boolean;
}) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), SHOWN_MS);
    } catch {
      announce('The browser does not allow copying here: select the text and copy it by hand.', 'bad');
    }
  };
  return (
    <Button small={small} onClick={() => void copy()}>
      {copied ? (
        <Check aria-hidden className="size-3.5 text-good" />
      ) : (
        <Copy aria-hidden className="size-3.5" />
      )}
      {copied ? 'Copied' : label}
    </Button>
  );
}
