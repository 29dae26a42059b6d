// Mail when something needs a person. Each rule names what it looks for in the same words as the code that writes it.
param location string
param tags object
param suffix string
param insightsId string
param email string

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'desk'
    enabled: true
    emailReceivers: [{ name: 'owner', emailAddress: email, useCommonAlertSchema: true }]
  }
}

var rules = [
  {
    name: 'dead-letters'
    about: 'A job became a dead letter: it will not be tried again, and an admin was told in Telegram.'
    severity: 2
    query: 'traces | where message has "became a dead letter"'
    above: 0
  }
  {
    name: 'failing-functions'
    about: 'More than 20 invocations failed within 15 minutes. The messages come back; look at the first exception.'
    severity: 1
    query: 'requests | where success == false'
    above: 20
  }
  {
    name: 'old-messages'
    about: 'Messages waited for more than two minutes before a function took them: too few instances, or functions that fail.'
    severity: 2
    // The host writes this line for each queue message. Messages put with a delay wait on purpose, up to a minute.
    query: 'traces | where message startswith "Trigger Details:" | parse message with * "InsertionTime: " inserted:datetime | where timestamp - inserted > 2m'
    above: 50
  }
]

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for rule in rules: {
  name: '${rule.name}-${suffix}'
  location: location
  tags: tags
  properties: {
    description: rule.about
    displayName: rule.name
    severity: rule.severity
    enabled: true
    scopes: [insightsId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      allOf: [
        {
          query: rule.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: rule.above
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    autoMitigate: true
    actions: { actionGroups: [people.id] }
  }
}]
