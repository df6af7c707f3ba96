import { useState } from 'react';
import { Moon, Sun, SunMoon } from 'lucide-react';
import { IconButton } from '../ui/icon-button.tsx';
import { chooseTheme, chosenTheme, type Theme } from './theme.ts';

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const ICONS = { system: SunMoon, light: Sun, dark: Moon } as const;

export function ThemeMenu() {
  const [theme, setTheme] = useState(chosenTheme);
  const Icon = ICONS[theme];
  const next = NEXT[theme];
  return (
    <IconButton
      label={`Theme: ${theme}. Change to ${next}`}
      onClick={() => {
        chooseTheme(next);
        setTheme(next);
      }}
    >
      <Icon aria-hidden />
    </IconButton>
  );
}
