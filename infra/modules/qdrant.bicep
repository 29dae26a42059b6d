// One Qdrant. PostgreSQL is the truth, so what is lost here can be made again; docs/azure.md says what each volume means.
param location string
param tags object
param suffix string
param environmentName string
param subnetId string
param volume string
param processors string
param memory string
@secure()
param apiKey string

var port = 6333

resource environment 'Microsoft.App/managedEnvironments@2025-01-01' existing = {
  name: environmentName
}

module share 'qdrant-share.bicep' = if (volume == 'NfsAzureFile') {
  name: 'qdrant-share'
  params: { location: location, tags: tags, suffix: suffix, environmentName: environmentName, subnetId: subnetId }
}

resource qdrant 'Microsoft.App/containerApps@2025-01-01' = {
  name: 'qdrant'
  location: location
  tags: tags
  properties: {
    environmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      // "External" of an internal environment: for the whole virtual network.
      ingress: { external: true, targetPort: port, transport: 'http', allowInsecure: false }
      secrets: [{ name: 'api-key', value: apiKey }]
    }
    template: {
      // Never two on one volume.
      scale: { minReplicas: 1, maxReplicas: 1 }
      volumes: [
        volume == 'NfsAzureFile' ? { name: 'data', storageType: 'NfsAzureFile', storageName: share!.outputs.storageName } : { name: 'data', storageType: 'EmptyDir' }
      ]
      containers: [
        {
          name: 'qdrant'
          image: 'docker.io/qdrant/qdrant:v1.19.0'
          resources: { cpu: json(processors), memory: memory }
          env: [
            { name: 'QDRANT__SERVICE__API_KEY', secretRef: 'api-key' }
            { name: 'QDRANT__STORAGE__SNAPSHOTS_PATH', value: '/qdrant/storage/snapshots' }
            { name: 'QDRANT__TELEMETRY_DISABLED', value: 'true' }
          ]
          volumeMounts: [{ volumeName: 'data', mountPath: '/qdrant/storage' }]
          probes: [
            { type: 'Liveness', httpGet: { path: '/livez', port: port }, periodSeconds: 10 }
            { type: 'Readiness', httpGet: { path: '/readyz', port: port }, periodSeconds: 5 }
          ]
        }
      ]
    }
  }
}

output url string = 'https://${qdrant.properties.configuration.ingress!.fqdn}'
