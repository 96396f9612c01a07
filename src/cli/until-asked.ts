/** Commands that do their work until somebody ends them. systemd, Slurm and Kubernetes do so by SIGTERM, and take any exit code but 0 after it for a failure; Ctrl-C stays 130, so that a shell's loop ends, too. */
let serves = false

export const serveUntilAsked = (): void => {
  serves = true
}

export const servesUntilAsked = (): boolean => serves
