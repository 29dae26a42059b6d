// What each app is told. A name here exists in the code, and one in the code is here or in infra/settings-optional.md: tests/Infra.Tests compares them.
param vaultUri string
param publicUrl string
param tenant string
param connections int
param qdrantUrl string
param openAiEndpoint string

var both = {
  Support__Database__ConnectionString: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/database)'
  Support__Database__Connections: string(connections)
  Support__Security__MasterKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/master-key)'
  Support__Http__UploadKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/upload-key)'
  Support__Telegram__Token: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/telegram-token)'
  Support__Telegram__PublicUrl: publicUrl
  Support__Desk__Tenant: tenant
}

var onlyFunctions = {
  Support__Telegram__OwnerCode: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/owner-code)'
}

var index = empty(qdrantUrl) ? {} : {
  Support__Qdrant__Url: qdrantUrl
  Support__Qdrant__ApiKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/qdrant-api-key)'
}

// Called as the app's identity, without a key (docs/models.md).
var models = empty(openAiEndpoint) ? {} : {
  OPENAI_API_BASE: openAiEndpoint
  OPENAI_MODEL: 'chat'
}

output functions object = union(both, onlyFunctions, index, models)
output ingestion object = union(both, index)
