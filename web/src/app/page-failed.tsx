import type { ErrorComponentProps } from '@tanstack/react-router';
import { ProblemNotice } from '../ui/problem-notice.tsx';

export function PageFailed({ error, reset }: ErrorComponentProps) {
  return <ProblemNotice error={error} what="This page could not be shown" onRetry={reset} />;
}
