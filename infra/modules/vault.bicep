// The desk's secrets. The apps read them by reference, as themselves; nobody else may by this file.
param location string
param tags object
param suffix string
param principalIds array
param workspaceId string
param databaseHost string
@secure()
param databasePassword string
@secure()
param telegramToken string
@secure()
param masterKey string
@secure()
param uploadKey string
@secure()
param ownerCode string
@secure()
param qdrantApiKey string

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'kv-${suffix}'
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    // With the master key go the bots' tokens: nobody may throw it away for good in a hurry.
    enablePurgeProtection: true
  }

  resource database 'secrets' = {
    name: 'database'
    properties: { value: 'postgres://support:${databasePassword}@${databaseHost}:5432/support?sslmode=VerifyFull' }
  }
  resource token 'secrets' = { name: 'telegram-token', properties: { value: telegramToken } }
  resource master 'secrets' = { name: 'master-key', properties: { value: masterKey } }
  resource upload 'secrets' = { name: 'upload-key', properties: { value: uploadKey } }
  resource owner 'secrets' = { name: 'owner-code', properties: { value: ownerCode } }
  resource qdrant 'secrets' = { name: 'qdrant-api-key', properties: { value: qdrantApiKey } }
}

var secretsUser = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')

resource readers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for principal in principalIds: {
  name: guid(vault.id, principal, secretsUser)
  scope: vault
  properties: {
    roleDefinitionId: secretsUser
    principalId: principal
    principalType: 'ServicePrincipal'
  }
}]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}

output name string = vault.name
output uri string = vault.properties.vaultUri
