// The desk on Azure: one resource group and everything in it. `azd up` runs this; docs/azure.md leads there.
targetScope = 'subscription'

@description('Name of the azd environment; part of the resource group\'s name.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Region. It must offer Flex Consumption and, if asked for, Azure OpenAI.')
param location string

@description('Row of sizes.json.')
@allowed(['dev', 'prod'])
param size string

@description('Who gets mail about alerts and the budget.')
param alertEmail string

@description('What a month may cost before mail is sent, in the currency of the subscription.')
@minValue(1)
param monthlyBudget int

@description('First day of the month in which the budget began. Azure refuses to move it later, so it is made once.')
param budgetStart string

@description('Where candidates for answers come from. none: an index in each instance. containerApp: Qdrant here. external: a Qdrant elsewhere.')
@allowed(['none', 'containerApp', 'external'])
param qdrant string

@description('Volume of Qdrant here. EmptyDir is gone with the replica; NfsAzureFile stays, and Qdrant does not support it. See docs/azure.md.')
@allowed(['EmptyDir', 'NfsAzureFile'])
param qdrantVolume string

@description('Address of a Qdrant elsewhere; with qdrant=external only.')
param qdrantUrl string

@description('Makes an Azure OpenAI account with a chat and an embedding model.')
param openAi bool

@description('https address that Telegram calls, if not the function app\'s own.')
param publicUrl string

@description('The company\'s name in the database.')
param tenant string

@secure()
@description('The bot, from @BotFather.')
param telegramToken string

@secure()
@description('At least 32 random bytes in base64.')
param masterKey string

@secure()
@description('Key of the desk\'s own HTTP doors.')
param uploadKey string

@secure()
@description('Code of the owner\'s one-time link.')
param ownerCode string

@secure()
param databaseAdminPassword string

@secure()
@description('Password of the desk\'s own role, which may not get around row-level security.')
param databasePassword string

@secure()
param qdrantApiKey string

var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module desk 'resources.bicep' = {
  name: 'desk'
  scope: group
  params: {
    location: location
    tags: tags
    suffix: uniqueString(subscription().id, environmentName, location)
    sizes: loadJsonContent('sizes.json')[size]
    alertEmail: alertEmail
    monthlyBudget: monthlyBudget
    budgetStart: budgetStart
    qdrant: qdrant
    qdrantVolume: qdrantVolume
    qdrantUrl: qdrantUrl
    openAi: openAi
    publicUrl: publicUrl
    tenant: tenant
    telegramToken: telegramToken
    masterKey: masterKey
    uploadKey: uploadKey
    ownerCode: ownerCode
    databaseAdminPassword: databaseAdminPassword
    databasePassword: databasePassword
    qdrantApiKey: qdrantApiKey
  }
}

// azd keeps outputs in its environment: the hooks read them there.
output AZURE_RESOURCE_GROUP string = group.name
output SUPPORT_FUNCTIONS_URL string = desk.outputs.functionsUrl
output SUPPORT_INGESTION_URL string = desk.outputs.ingestionUrl
output SUPPORT_ROLE_JOB_ID string = desk.outputs.roleJobId
output SUPPORT_KEY_VAULT string = desk.outputs.vaultName
