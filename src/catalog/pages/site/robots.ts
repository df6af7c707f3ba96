/** For crawlers: the catalogue is for them, the gateway is not, and searches are endless. */
export function robots(publicUrl: string): string {
  return [
    'User-agent: *',
    'Disallow: /api/',
    'Disallow: /mcp',
    'Disallow: /sse/',
    'Disallow: /message/',
    'Disallow: /servers/',
    'Disallow: /catalog?',
    'Allow: /',
    '',
    `Sitemap: ${publicUrl}/sitemap.xml`,
    '',
  ].join('\n');
}
