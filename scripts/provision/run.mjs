import { spawn } from 'node:child_process';

/**
 * Runs a program to its end.
 * @returns {Promise<{code: number, output: string}>} standard output and error together; code 127 when the program does not exist
 */
export function run(command, args, { env = process.env, cwd, timeoutSeconds } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = timeoutSeconds && setTimeout(() => child.kill('SIGKILL'), timeoutSeconds * 1000);
    const end = (answer) => {
      clearTimeout(timer);
      resolve(answer);
    };
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', (fault) => end({ code: fault.code === 'ENOENT' ? 127 : 126, output: fault.message }));
    child.on('close', (code, signal) => end({ code: code ?? 128, output: signal ? `${output}\nended by ${signal}` : output }));
  });
}

/** The end of a program's output, where the cause stands. */
export function lastLines(output, count = 6) {
  return output.trim().split('\n').slice(-count).join('\n    ');
}
