// The page to open first: who waits, what fails, what was given up.
param location string
param tags object
param insightsId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(insightsId, 'desk')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Support desk'
    category: 'workbook'
    sourceId: insightsId
    serializedData: loadTextContent('workbook.json')
  }
}
