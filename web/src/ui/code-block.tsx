import { CopyButton } from './copy-button.tsx';

export function CodeBlock({ code, label }: { readonly code: string; readonly label: string }) {
  return (
    <div className="relative rounded-md border bg-sunken">
      <div className="absolute top-1.5 right-1.5">
        <CopyButton text={code} />
      </div>
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        className="overflow-x-auto p-3 pr-20 font-mono text-[0.8125rem] leading-relaxed"
      >
        {code}
      </pre>
    </div>
  );
}
