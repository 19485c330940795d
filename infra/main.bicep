targetScope = 'subscription'

@description('Names the environment, its resource group and its resources: prod, staging, …')
@minLength(1)
@maxLength(40)
param environmentName string

@description('A region that offers the Flex Consumption plan.')
param location string

@description('The key of the model. Empty: research, analysis and content run on their rules.')
@secure()
param anthropicApiKey string = ''

@description('Base64 of 32 random bytes, under which API keys are hashed: openssl rand -base64 32. The same for ever; another makes all keys unknown.')
@secure()
@minLength(44)
param hashKey string

@description('What secrets are encrypted under: name:base64 of 32 random bytes, divided by commas. The first encrypts, all decrypt.')
@secure()
@minLength(46)
param secretKeys string

@description('The first API key, from ./prospectops keys new. Used by a start that finds no key that administers the installation.')
@secure()
param bootstrapKey string

@description('Most instances at once.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 100

@description('Instances kept warm: [{ name: \'http\', instanceCount: 1 }, { name: \'durable\', instanceCount: 1 }]. They cost while idle.')
param alwaysReady array = []

@description('Zone-redundant where the region has zones; Standard_LRS elsewhere.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS'])
param storageSku string = 'Standard_ZRS'

var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-prospectops-${environmentName}'
  location: location
  tags: tags
}

module app 'app.bicep' = {
  name: 'app'
  scope: group
  params: {
    location: location
    tags: tags
    token: uniqueString(subscription().id, environmentName, location)
    anthropicApiKey: anthropicApiKey
    hashKey: hashKey
    secretKeys: secretKeys
    bootstrapKey: bootstrapKey
    maximumInstanceCount: maximumInstanceCount
    alwaysReady: alwaysReady
    storageSku: storageSku
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output AZURE_FUNCTION_APP string = app.outputs.functionAppName
output AZURE_KEY_VAULT string = app.outputs.keyVaultName
output PROSPECTOPS_URL string = app.outputs.url
