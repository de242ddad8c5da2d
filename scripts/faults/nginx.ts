import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { findNginx } from '../processes/find-nginx.ts'
import { freePort } from '../processes/free-port.ts'

export type Proxy = { url: string; stop(): Promise<void> }

/** nginx before several servers, with connections to them that are kept: the hard case for who ends. */
export async function startProxy(directory: string, servers: readonly string[]): Promise<Proxy> {
  const port = await freePort()
  const file = `${directory}/nginx.conf`
  writeFileSync(file, configOf(directory, port, servers))
  const child = spawn(findNginx(), ['-c', file, '-p', directory], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await fetch(`${url}/healthz`).catch(() => null)) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    url,
    async stop() {
      if (child.exitCode !== null) return
      child.kill()
      await once(child, 'exit')
    },
  }
}

/** A server that is away is asked again with the next request (`max_fails=0`): it is away for seconds. */
function configOf(directory: string, port: number, servers: readonly string[]): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${directory}/${name};`)
    .join('\n  ')
  const upstream = servers.map((url) => `server ${new URL(url).host} max_fails=0;`)
  return `
daemon off;
pid ${directory}/nginx.pid;
error_log ${directory}/nginx-error.log;
${process.getuid?.() === 0 ? 'user root;' : ''}
events {}
http {
  access_log off;
  ${temporary}
  upstream postern {
    ${upstream.join('\n    ')}
    keepalive 32;
  }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://postern;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
    }
  }
}
`
}
