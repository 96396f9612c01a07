/** Workers as a Deployment of Kubernetes. */
import type { IDeployment } from "kubernetes-models/apps/v1"
import { stringify } from "yaml"
import { type WorkerSettings, workerArguments } from "./worker-call.ts"

export interface KubernetesSettings extends WorkerSettings {
  readonly workers: number
  readonly slots: number
  readonly graceMs: number
  /** An image whose entry is the command line of Sediment. */
  readonly image: string
  /** A quantity, as 4Gi. */
  readonly memory: string
}

const NAME = "sediment-worker"
const HEAD = `# SEDIMENT_QUEUE, and SEDIMENT_REMOTE_TOKEN where the shared store wants one, come from a secret:
#   kubectl create secret generic ${NAME} --from-env-file=worker.env
`

/** The manifest. The cache is a volume that all nodes see (ReadWriteMany), named sediment-cache; where what is made is kept in a shared store, it is each worker's own and goes with it. */
export const kubernetesManifest = (settings: KubernetesSettings): string => {
  const { cache, graceMs, image, memory, remote, slots, workers } = settings
  const labels = { "app.kubernetes.io/name": NAME }
  const resources = { cpu: String(slots), memory }
  const deployment = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: NAME, labels },
    spec: {
      replicas: workers,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          terminationGracePeriodSeconds: Math.ceil(graceMs / 1000),
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, seccompProfile: { type: "RuntimeDefault" } },
          containers: [
            {
              name: NAME,
              image,
              args: [...workerArguments(settings), "--slots", String(slots)],
              envFrom: [{ secretRef: { name: NAME } }],
              env: [{ name: "HOME", value: "/tmp" }],
              resources: { requests: resources, limits: resources },
              securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
              volumeMounts: [
                { name: "cache", mountPath: cache },
                { name: "temporary", mountPath: "/tmp" }
              ]
            }
          ],
          volumes: [
            { name: "cache", ...(remote?.write ? { emptyDir: {} } : { persistentVolumeClaim: { claimName: "sediment-cache" } }) },
            { name: "temporary", emptyDir: {} }
          ]
        }
      }
    }
  } satisfies IDeployment
  return `${HEAD}${stringify(deployment, { lineWidth: 0, aliasDuplicateObjects: false })}`
}
