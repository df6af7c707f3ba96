import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { queryClient } from './api/query-client.ts';
import { reloadWhenReplaced } from './app/reload-when-replaced.ts';
import { applyTheme } from './app/theme.ts';
import { router } from './app/router.tsx';
import { Announcements } from './ui/announcements.tsx';
import './styles.css';

applyTheme();
reloadWhenReplaced();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Announcements />
    </QueryClientProvider>
  </StrictMode>,
);
