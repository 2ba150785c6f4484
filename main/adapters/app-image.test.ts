import { expect, it } from 'vitest';
import { withoutMount } from './app-image.ts';

it('nothing leads into the mount, and all else stays as it is', () => {
  const mount = '/tmp/.mount_M1';
  const env = {
    ...{ APPDIR: mount, APPIMAGE: '/home/me/m.AppImage', ARGV0: './m.AppImage', OWD: '/home/me' },
    PATH: `${mount}:${mount}/usr/sbin:/usr/bin:/bin`,
    LD_LIBRARY_PATH: `${mount}/usr/lib:`,
    XDG_DATA_DIRS: '/usr/share:/tmp/.mount_M12/share',
    EDITOR: 'vi :',
  };
  expect(withoutMount(env)).toEqual({
    PATH: '/usr/bin:/bin',
    XDG_DATA_DIRS: '/usr/share:/tmp/.mount_M12/share',
    EDITOR: 'vi :',
  });
});

it('without a mount all stays', () => {
  const env = { PATH: '/bin', LD_LIBRARY_PATH: '/a', APPIMAGE: 'x' };
  expect(withoutMount(env)).toBe(env);
});
