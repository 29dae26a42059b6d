// Mail before the money is gone. It stops nothing.
param amount int
@description('yyyy-MM-01')
param start string
param email string

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: 'desk'
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: start }
    notifications: {
      halfSpent: { enabled: true, operator: 'GreaterThan', threshold: 50, thresholdType: 'Actual', contactEmails: [email] }
      allSpent: { enabled: true, operator: 'GreaterThan', threshold: 100, thresholdType: 'Actual', contactEmails: [email] }
      willBeSpent: { enabled: true, operator: 'GreaterThan', threshold: 120, thresholdType: 'Forecasted', contactEmails: [email] }
    }
  }
}
