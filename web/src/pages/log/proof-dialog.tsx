import { CodeBlock } from '../../ui/code-block.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** How to get a copy of the log that shows by itself whether anything is missing or was changed. */
export function ProofDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="A copy that proves itself" onClose={onClose}>
      <div className="space-y-3">
        <p>
          Each entry of the log holds the hash of the one before it, and signed checkpoints hold the whole
          chain. The files that this page saves are excerpts: they say what happened, but not that nothing is
          missing. Where the gateway runs, take the log itself:
        </p>
        <CodeBlock label="Command that exports the log" code="npx portcullis log export --out log.jsonl" />
        <p>Anybody can then check it, without this gateway, and gets the first gap or change named:</p>
        <CodeBlock label="Command that verifies a copy" code="npx portcullis log verify log.jsonl" />
        <p className="text-[0.8125rem] text-soft">
          <code>npx portcullis log verify</code> alone checks the database. Every decision shows its place in
          the chain and its hash, so that one of an excerpt can be found in the copy.
        </p>
      </div>
    </Dialog>
  );
}
