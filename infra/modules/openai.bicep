// Language models, called as the functions app's identity. The desk answers without them; with them it rewrites, reranks and writes.
param location string
param tags object
param suffix string
param principalId string
param workspaceId string

resource account 'Microsoft.CognitiveServices/accounts@2024-10-01' = {
  name: 'oai-${suffix}'
  location: location
  tags: tags
  kind: 'OpenAI'
  sku: { name: 'S0' }
  properties: {
    customSubDomainName: 'oai-${suffix}'
    disableLocalAuth: true
  }

  resource chat 'deployments' = {
    name: 'chat'
    sku: { name: 'GlobalStandard', capacity: 50 }
    properties: { model: { format: 'OpenAI', name: 'gpt-4.1-mini', version: '2025-04-14' } }
  }

  // One after the other: the account takes one change at a time.
  resource embedding 'deployments' = {
    name: 'embedding'
    sku: { name: 'GlobalStandard', capacity: 50 }
    properties: { model: { format: 'OpenAI', name: 'text-embedding-3-small', version: '1' } }
    dependsOn: [chat]
  }
}

// Cognitive Services OpenAI User
var user = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd')

resource caller 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, user)
  scope: account
  properties: {
    roleDefinitionId: user
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: account
  properties: {
    workspaceId: workspaceId
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output endpoint string = '${account.properties.endpoint}openai/v1/'
