/** What the page refuses that lets a repository be chosen. */
import { failed, row } from './row.ts';

export const welcomeErrors = {
  DEMO_BESIDE: row(
    409,
    'The demo runs alone, and {path} is open here.',
    'Start it beside, in a terminal: `musher serve --demo --open`.',
  ),
  FOLDER_TOO_WIDE: row(
    400,
    '{path} is no folder for one repository: home, or what lies above it, holds much else.',
    'Make a folder in it for the project, and choose that.',
  ),
  GIT_IDENTITY_MISSING: row(
    400,
    'git does not know who you are, and a commit needs an author.',
    'Tell it once: `git config --global user.name "…"` and `git config --global user.email …`, then try again.',
  ),
  WELCOME_TIMEOUT: failed(
    504,
    '{what} took longer than {seconds} s and was called off.',
    'Try again; a disk that is asleep or far away may need longer than that.',
  ),
} as const;
