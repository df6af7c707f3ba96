import type { JsonSchema } from '../../../api/types.ts';
import { argumentFields } from '../../../policy/fields.ts';
import { Untrusted } from '../../../ui/untrusted.tsx';

export function ParameterTable({ schema }: { readonly schema: JsonSchema | undefined }) {
  const fields = argumentFields(schema);
  if (fields.length === 0) return <p className="text-[0.8125rem] text-soft">It takes no arguments.</p>;
  return (
    <section>
      <h3 className="mb-1 text-sm font-semibold">Parameters</h3>
      <div className="overflow-x-auto rounded-md border" tabIndex={0} role="region" aria-label="Parameters">
        <table className="w-full text-left text-[0.8125rem]">
          <thead className="bg-sunken text-soft">
            <tr>
              <th className="px-2 py-1 font-medium">Name</th>
              <th className="px-2 py-1 font-medium">Kind</th>
              <th className="px-2 py-1 font-medium">Description</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ path, kind, required, description, values }) => (
              <tr key={path} className="border-t align-top">
                <td className="px-2 py-1 font-mono text-xs">
                  <Untrusted text={path.replace(/^args\./, '')} most={120} />
                  {required && (
                    <span className="text-bad" title="Required">
                      {' '}
                      *
                    </span>
                  )}
                </td>
                <td className="px-2 py-1 text-soft">{kind}</td>
                <td className="px-2 py-1">
                  <Untrusted text={description} most={300} />
                  {values.length > 0 && (
                    <span className="block text-soft">
                      <Untrusted text={values.map(String).join(' · ')} most={300} />
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
