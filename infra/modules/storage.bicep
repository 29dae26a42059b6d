// The queues, what the Functions host keeps for itself, and the two apps' packages. Keys are switched off: only identities come in.
param location string
param tags object
@minLength(13)
param suffix string
param sku string
param principalIds array
param workspaceId string

var queues = ['updates', 'questions', 'replies', 'documents']

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'st${suffix}'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'
    resource functions 'containers' = { name: 'deploy-functions' }
    resource ingestion 'containers' = { name: 'deploy-ingestion' }
  }

  resource queueService 'queueServices' = {
    name: 'default'
    resource all 'queues' = [for queue in queues: { name: queue }]
    resource poison 'queues' = [for queue in queues: { name: '${queue}-poison' }]
  }
}

module roles 'storage-roles.bicep' = [for (principal, i) in principalIds: {
  name: 'storage-roles-${i}'
  params: { accountName: account.name, principalId: principal }
}]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: account::queueService
  properties: {
    workspaceId: workspaceId
    // Numbers only: a line for each call would be one for each second of polling of each instance.
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

output name string = account.name
output functionsContainer string = account::blobs::functions.name
output ingestionContainer string = account::blobs::ingestion.name
